/** Edges that show how sure the text is: solid, dashed, dotted, hollow. Sigma draws solid ones only. */
import { EdgeRectangleProgram } from 'sigma/rendering'

type Program = typeof EdgeRectangleProgram

/** Along the edge, in pixels: so much line, then so much gap. */
function broken(line: number, gap: number): Program {
 return cut(`if (mod(v_along, ${(line + gap).toFixed(1)}) > ${line.toFixed(1)}) discard;`)
}

/** Two thin lines with nothing between. */
function hollow(): Program {
 return cut('if (length(v_normal) < 0.5) discard;')
}

function cut(test: string): Program {
 return class extends EdgeRectangleProgram {
  override getDefinition() {
   const definition = super.getDefinition()
   return {
    ...definition,
    VERTEX_SHADER_SOURCE: definition.VERTEX_SHADER_SOURCE.replace('void main() {', 'varying float v_along;\nvoid main() {\n  v_along = a_positionCoef * length(a_positionEnd - a_positionStart) * u_sizeRatio / u_correctionRatio;'),
    // A gap can still be clicked: the test is for what is seen alone.
    FRAGMENT_SHADER_SOURCE: definition.FRAGMENT_SHADER_SOURCE.replace('void main(void) {', `varying float v_along;\nvoid main(void) {\n  #ifndef PICKING_MODE\n  ${test}\n  #endif`),
   }
  }
 } as Program
}

export const LINES = {
 asserted: EdgeRectangleProgram,
 probable: broken(9, 5),
 possible: broken(2.5, 4),
 unestablished: hollow(),
}

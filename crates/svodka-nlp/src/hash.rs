//! The hash that spreads feature ids over the rows of an embedding table.

/// MurmurHash3 x64-128 of the eight little-endian bytes of `id`, as four 32-bit words.
///
/// thinc calls it "x86", but it is the x64 function with both halves started at the seed.
pub(crate) fn murmur3_words(id: u64, seed: u32) -> [u32; 4] {
    const C1: u64 = 0x87c3_7b91_1142_53d5;
    const C2: u64 = 0x4cf5_ad43_2745_937f;
    const LENGTH: u64 = 8;
    let seed = u64::from(seed);
    let scrambled = id.wrapping_mul(C1).rotate_left(31).wrapping_mul(C2);
    let low = (seed ^ scrambled) ^ LENGTH;
    let high = seed ^ LENGTH;
    let low = low.wrapping_add(high);
    let high = high.wrapping_add(low);
    let low = finalise(low);
    let high = finalise(high);
    let low = low.wrapping_add(high);
    let high = high.wrapping_add(low);
    [
        low as u32,
        (low >> 32) as u32,
        high as u32,
        (high >> 32) as u32,
    ]
}

fn finalise(mut k: u64) -> u64 {
    k ^= k >> 33;
    k = k.wrapping_mul(0xff51_afd7_ed55_8ccd);
    k ^= k >> 33;
    k = k.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    k ^ (k >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_those_of_thinc() {
        assert_eq!(murmur3_words(0, 8), [0; 4], "the seed cancels the length");
        assert_eq!(
            murmur3_words(1, 12),
            [2_938_686_206, 2_291_508_213, 2_246_688_320, 3_554_967_022]
        );
        assert_eq!(
            murmur3_words(8_532_415_787_641_010_193, 8),
            [2_138_436_860, 3_261_883_656, 3_207_655_290, 2_745_341_836]
        );
        assert_eq!(
            murmur3_words(u64::MAX, u32::MAX),
            [88_181_733, 672_240_216, 4_087_153_151, 3_796_020_537]
        );
    }
}

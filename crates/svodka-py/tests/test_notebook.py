"""The notebook of the examples runs from top to bottom."""

import os

import nbformat
from nbclient import NotebookClient

from conftest import ROOT


def test_the_notebook_runs(project_file):
    notebook = nbformat.read(ROOT / "docs/notebook.ipynb", as_version=4)
    nbformat.validate(notebook)
    os.environ["SVODKA_PROJECT"] = str(project_file)
    client = NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}})
    client.execute()
    shown = "".join(str(output) for cell in notebook.cells for output in cell.get("outputs", []))
    assert "strike" in shown and "samsonov" not in shown.lower()

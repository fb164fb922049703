"""The notebooks in git are in normal form, and the normal form is what it says."""

import nbformat
import pytest
from _tools import notebooks

FOUND = notebooks.find()


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_notebook_is_normalised(path):
    name = path.relative_to(notebooks.CHAPTERS.parent)
    assert notebooks.is_normal(path), f"{name}: run `make notebooks NB={name}`"


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_notebook_holds_no_error_and_no_widget_state(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            expected = "raises-exception" in cell.metadata.get("tags", [])
            assert output.output_type != "error" or expected, cell.source


def test_normal_form_of_a_messy_notebook():
    stream = nbformat.v4.new_output
    messy = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "mine", "display_name": "Mine"}, "widgets": {"state": {}}},
        cells=[
            nbformat.v4.new_code_cell(
                "1",
                id="same",
                execution_count=7,
                metadata={"tags": [], "collapsed": True, "execution": {"now": "noon"}},
                outputs=[
                    stream("stream", name="stdout", text="a\n"),
                    stream("stream", name="stdout", text="b\n"),
                    stream("stream", name="stderr", text="c\n"),
                    stream(
                        "execute_result",
                        data={"text/plain": "<Figure>", "image/png": "aGk="},
                        metadata={"image/png": {"width": 4}},
                        execution_count=7,
                    ),
                    stream("display_data", data={"image/svg+xml": "<svg/>"}),
                ],
            ),
            nbformat.v4.new_code_cell(
                "2",
                id="other",
                metadata={"tags": ["nbval-ignore-output"], "proves": ["rule"]},
                outputs=[stream("stream", name="stdout", text="random")],
            ),
            nbformat.v4.new_markdown_cell("ω", id="text", metadata={"editable": True}),
        ],
    )
    messy.cells[1].id = "same"
    normal = notebooks.normalise(messy)
    first, second, text = normal.cells
    assert set(normal.metadata) == {"kernelspec", "language_info"}
    assert normal.metadata.kernelspec.name == "python3"
    assert "version" not in normal.metadata.language_info
    assert first.metadata == {}
    assert first.execution_count is None
    assert [output.get("text") for output in first.outputs] == ["a\nb\n", "c\n", None]
    assert first.outputs[2].data == {"text/plain": "<Figure>"}
    assert first.outputs[2].metadata == {}
    assert first.outputs[2].execution_count is None
    assert second.outputs == []
    assert second.metadata == {"tags": ["nbval-ignore-output"], "proves": ["rule"]}
    assert text.metadata == {}
    assert len({cell.id for cell in normal.cells}) == 3
    assert notebooks.normalise(normal) == normal
    assert "ω" in notebooks.write(normal)
    assert messy.cells[0].execution_count == 7, "the notebook given is left as it was"

"""The list of references: in the order of its authors, with the labels that the text cites."""

from docutils.nodes import citation
from pybtex.plugin import register_plugin
from pybtex.style.formatting.unsrt import Style
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.sorting.author_year_title import SortingStyle


class AuthorYearLabels(BaseLabelStyle):
    """ "Kelley, 1960", "Squire and Trapp, 1998", "Bengio et al., 1994"."""

    def format_labels(self, sorted_entries):
        return [label(entry) for entry in sorted_entries]


def label(entry):
    first, *rest = (" ".join(person.last_names) for person in entry.persons["author"])
    if len(rest) == 1 and rest != ["others"]:
        first = f"{first} and {rest[0]}"
    elif rest:
        first = f"{first} et al."
    return ", ".join(part for part in (first, entry.fields.get("year")) if part)


class AuthorYearStyle(Style):
    default_label_style = AuthorYearLabels
    default_sorting_style = SortingStyle


def visit_citation(translator, node):
    """Docutils gives an entry of the list a role that ARIA has given up."""
    type(translator).visit_citation(translator, node)
    role, item = 'role="doc-biblioentry"', 'role="listitem"'
    translator.body[-1] = translator.body[-1].replace(role, item)


def depart_citation(translator, node):
    type(translator).depart_citation(translator, node)


def setup(app):
    app.add_node(citation, override=True, html=(visit_citation, depart_citation))
    register_plugin("pybtex.style.formatting", "author_year", AuthorYearStyle)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

"""The committee report as its author writes it, and the notices that its decision needs.

England: the Local Authorities (Executive Arrangements) (Meetings and Access to Information) (England) Regulations 2012
(SI 2012/2089), and Part 5A of the Local Government Act 1972. The monitoring officer decides whether what is typed
here is enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic_core import InitErrorDetails

from reportgen.diagnostics import Location
from reportgen.model.base import (
    Boolean,
    Date,
    Id,
    Integer,
    Person,
    Phrase,
    Prose,
    Record,
    Text,
    field_error,
    repeated,
    text_as,
)
from reportgen.model.marking import Exempt as Exempt
from reportgen.model.marking import Marked

# ---- Notices before decisions, and exceptions to them ----


class KeyDecisionNotice(Record):
    """The notice that a key decision is to be made, with what SI 2012/2089 reg 9(2) wants it to state."""

    published: Date
    """The day on which the notice was published; 28 clear days are counted from here."""
    key: Boolean = False
    """It states that a key decision is to be made: reg 9(2)(a)."""
    matter: Text | None = None
    """The matter on which the decision is to be made: reg 9(2)(b)."""
    decision_maker: Text | None = None
    """Who decides: a name and title, or a body and its members: reg 9(2)(c)."""
    decision_date: Text | None = None
    """The day on which, or the period within which, it is to be made: reg 9(2)(d)."""
    documents: Text | None = None
    """The documents submitted to the decision maker: reg 9(2)(e)."""
    address: Text | None = None
    """Where copies of them can be had: reg 9(2)(f)."""
    other_documents: Text | None = None
    """That other documents may be submitted: reg 9(2)(g)."""
    request: Text | None = None
    """How to ask for details of these as they become available: reg 9(2)(h)."""


class GeneralException(Record):
    """Why 28 clear days' notice of a key decision could not be given (SI 2012/2089 reg 10)."""

    reason: Text | None = None
    informed: Text | None = None
    """Who was told: the chair of the overview and scrutiny committee, or each of its members."""
    published: Date | None = None
    """The day of the notice under reg 10; the decision waits five clear days."""


class SpecialUrgency(Record):
    """Why even the general exception could not be followed (SI 2012/2089 reg 11)."""

    reason: Text | None = None
    agreed_by: Text | None = None
    """Who agreed that the decision cannot wait: the chair of the overview and scrutiny committee, or in turn the
    chair or vice-chair of the council."""
    agreed_on: Date | None = None


class PrivateMeetingNotice(Record):
    """The notices that an executive meeting, or a part of it, is to be held in private (SI 2012/2089 reg 5)."""

    published: Date
    """The day of the first notice, at least 28 clear days before: reg 5(2)."""
    reason: Text | None = None
    """Why in private; both notices state it: reg 5(3) and (5)."""
    confirmed: Date | None = None
    """The day of the second notice, at least five clear days before: reg 5(4)."""
    representations: Text | None = None
    """What was said against it and the answer, or that nothing was: reg 5(5)."""
    urgency: SpecialUrgency | None = None
    """Where the notices could not be given in time: the agreement that the meeting cannot wait: reg 5(6)."""


class CallIn(Record):
    """Whether members may call the decision in before it takes effect (Local Government Act 2000 s.9F)."""

    applies: Boolean = True
    reason: Text | None = None
    """Why not, where it does not: the urgency that the council's constitution asks for."""
    agreed_by: Text | None = None
    """Who agreed that it does not."""


# ---- The report ----


class Recommendation(Marked):
    """What the committee is asked to decide. Verb first, small letter, no full stop: the house adds the lead-in."""

    id: Id | None = None
    text: Phrase


class ReportSection(Marked):
    """Text under one of the section names that houses know, or under a name and title of its own."""

    section: Id
    title: Text | None = None
    """For a section that the house does not know; known ones take the house's title."""
    text: Prose


class Option(Marked):
    """A course that the committee could take."""

    text: Prose
    recommended: Boolean = False


class Implication(Marked):
    """What the decision means for one area (finance, legal, equality …)."""

    area: Id
    title: Text | None = None
    text: Prose | None = None
    not_applicable: Prose | None = None
    """The reason why the area is not touched."""
    cleared_by: Text | None = None
    cleared_on: Date | None = None
    cleared_text: Text | None = None
    """The mark of the text that was cleared, as `reportgen check --final` gives it. Another text has another mark."""

    def validate_fields(self) -> Iterator[InitErrorDetails]:
        """Check that there is either a text or a reason for none."""
        if (self.text is None) == (self.not_applicable is None):
            found = "neither text nor not_applicable" if self.text is None else "both text and not_applicable"
            hint = "give text:, or not_applicable: with the reason"
            yield field_error(f"the implication '{self.area}' has {found}", hint)


class Appendix(Marked):
    """What is attached: the action plan (or a part of it), a text, or a document that is named and found elsewhere."""

    id: Id
    title: Text
    shows: Literal["action plan"] | None = None
    part: Integer | None = None
    """Of the action plan: the part shown; the whole plan when not given."""
    text: Prose | None = None

    def validate_fields(self) -> Iterator[InitErrorDetails]:
        """Check that it shows either the plan or a text."""
        if (self.shows is None) == (self.text is None):
            found = "nothing in it" if self.text is None else "both shows and text"
            hint = "give shows: action plan, or text: with what stands in it or where it is found"
            yield field_error(f"the appendix '{self.id}' has {found}", hint)


class BackgroundPaper(Marked):
    """A document that the report relied on (Local Government Act 1972 s.100D)."""

    text: Phrase
    location: Text | None = None


class ReportPicture(Marked):
    """A picture that a text prints where it says {{ picture("id") }}, in a paragraph of its own."""

    id: Id
    file: Text
    """PNG or JPEG, in the folder `pictures` beside `reports`."""
    alt: Text
    """What it shows, for those who cannot see it (WCAG 2.2, 1.1.1)."""
    caption: Text | None = None
    width: Integer | None = None
    """In millimetres, though never wider than the text."""

    def validate_fields(self) -> Iterator[InitErrorDetails]:
        """Check the file name and the width."""
        if "/" in self.file or "\\" in self.file:
            hint = "give the name alone; the file stands in the folder 'pictures' beside 'reports'"
            yield field_error(f"'{self.file}' is a path; the name of a file was expected", hint, "file")
        if self.width is not None and not 10 <= self.width <= 400:
            message = f"'{self.width}' was found; a width from 10 to 400 mm was expected"
            yield field_error(message, "leave it out to have the picture as wide as the text", "width")


class SignOff(Record):
    """Somebody who agrees the paper before it goes out."""

    role: Text
    name: Text | None = None
    signed: Boolean = False
    date: Date | None = None
    cleared_text: Text | None = None
    """The mark of the paper that was agreed; `reportgen check --final` says what to type."""


class Waiver(Record):
    """What a rule finds and the author lets stand, with the reason, which everyone who checks the paper reads."""

    code: Text
    """Of the rule: RG203."""
    about: Text | None = None
    """What the rule's message names: an action, a finding, an area. Without it, all that the rule finds."""
    reason: Text


class Revision(Record):
    """That a paper takes the place of one that was already sent out, and what is different in it."""

    replaces: Date
    """The day on which the earlier paper was published."""
    changes: tuple[Prose, ...] = ()
    """What has changed, a change each; printed on the first page."""


class Report(Marked):
    """A committee report as its author wrote it."""

    id: Id
    kind: Id = "outcome"
    """Which of the house's templates to use."""
    house: Id | None = None
    """The house style, where it is not the council's own."""
    title: Text
    status: Literal["draft", "final"] = "draft"
    illustrative: Text | None = None
    """Says what in the paper is made up, when it is a sample; printed on the first page."""
    revises: Revision | None = None
    """For a paper that takes the place of one that was already sent out."""
    inspection: Id | None = None
    action_plan: Id | None = None
    changes_since: Id | None = None
    """An older version of the action plan, kept in a file of its own: the paper says what has changed since."""
    report_of: Text | None = None
    """Whose report it is: "Director of Children's Services"."""
    directorate: Text | None = None
    directors: tuple[Person, ...] = ()
    members: tuple[Person, ...] = ()
    """Members of the cabinet who answer for it."""
    authors: tuple[Person, ...] = ()
    contact_officers: tuple[Person, ...] = ()
    signatory: Person | None = None
    wards: Text = "All"
    key_decision: Boolean = False
    not_key: Text | None = None
    """Why the decision is not key, where one might think that it is: it touches all wards, or is costly."""
    amount: Integer | None = None
    """What the decision spends or saves, in pounds; compared with the council's threshold for key decisions."""
    forward_plan_ref: Text | None = None
    notice: KeyDecisionNotice | None = None
    """The notice of the key decision (SI 2012/2089 reg 9)."""
    general_exception: GeneralException | None = None
    special_urgency: SpecialUrgency | None = None
    private_notice: PrivateMeetingNotice | None = None
    """For an exempt or confidential paper to the executive (SI 2012/2089 reg 5)."""
    call_in: CallIn | None = None
    purpose: tuple[Prose, ...]
    recommendations: tuple[Annotated[Recommendation, text_as("text")], ...]
    sections: tuple[ReportSection, ...] = ()
    options: tuple[Annotated[Option, text_as("text")], ...] = ()
    implications: tuple[Implication, ...] = ()
    appendices: tuple[Appendix, ...] = ()
    background_papers: tuple[Annotated[BackgroundPaper, text_as("text")], ...] = ()
    no_background_papers: Prose | None = None
    """The statement, where there are none."""
    sign_off: tuple[SignOff, ...] = ()
    pictures: tuple[ReportPicture, ...] = ()
    contents: Boolean | None = None
    """Whether it begins with a list of its sections, where that is not as the house has it."""
    read_only: Boolean = False
    """Whether Word is to ask before it lets a final paper be changed. No security: anybody can say yes."""
    waived: tuple[Waiver, ...] = ()

    template_names: ClassVar[frozenset[str]] = frozenset({"plan_appendix"})

    def plan_appendix(self, part: int | None = None) -> Appendix | None:
        """Return the first appendix that shows the action plan; with `part`, that part of it. None if there is none."""
        shown = (one for one in self.appendices if one.shows and (part is None or one.part == part))
        return next(shown, None)

    def names(self) -> dict[str, Location]:
        """Return where each name that references may use was typed, except names within texts."""
        places = {one.section: self.at("sections", number, "section") for number, one in enumerate(self.sections)}
        for key in ("recommendations", "appendices", "pictures"):
            named = enumerate(getattr(self, key))
            places |= {one.id: self.at(key, number, "id") for number, one in named if one.id}
        return places

    def validate_fields(self) -> Iterator[InitErrorDetails]:
        """Check that names are unique, and that there are recommendations and a purpose."""
        yield from repeated("sections have the name", "sections", "section", self.sections)
        yield from repeated("implications are about", "implications", "area", self.implications)
        yield from repeated("appendices have the id", "appendices", "id", self.appendices)
        yield from repeated("pictures have the id", "pictures", "id", self.pictures)
        yield from repeated("recommendations have the id", "recommendations", "id", self.recommendations)
        if not self.recommendations:
            hint = "add one, for example '- note the outcome of the inspection'"
            yield field_error("there is no recommendation", hint, "recommendations")
        if not self.purpose:
            yield field_error("there is no purpose", "say in a sentence what the report is for", "purpose")

"""Notices before decisions, and exceptions to them: urgency, private meetings, confidentiality and call-in.

England: the Local Authorities (Executive Arrangements) (Meetings and Access to Information) (England) Regulations 2012
(SI 2012/2089), and Part 5A of the Local Government Act 1972. The monitoring officer decides whether what is typed
here is enough.
"""

from __future__ import annotations

from typing import Literal

from reportgen.model.base import Boolean, Date, Record, Text


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


class Confidential(Record):
    """Information that the law forbids to disclose (Local Government Act 1972 s.100A(2) and (3)).

    Another class than exempt information: the council has no choice, and there is no public interest to weigh.
    """

    ground: Literal["government department", "prohibition"]
    """Furnished by a government department on terms that forbid disclosure; or its disclosure is prohibited, by an act
    or a court."""
    reason: Text
    """Which terms, enactment or order. Printed for the public, so it must tell nothing of what is kept back."""
    public_title: Text | None = None
    """What the public paper calls it. Without it a whole report keeps its title, and anything else loses it."""


class CallIn(Record):
    """Whether members may call the decision in before it takes effect (Local Government Act 2000 s.9F)."""

    applies: Boolean = True
    reason: Text | None = None
    """Why not, where it does not: the urgency that the council's constitution asks for."""
    agreed_by: Text | None = None
    """Who agreed that it does not."""

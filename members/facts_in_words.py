"""How the register's facts read on the audit pages."""

from mutualgov.audit.words import says, tells_names

from .models import Membership, Person

says("members.person_added", "{subject} was noted in the membership record.")
says("members.admitted", "{subject} was admitted as member number {number} from {effective_on}.")
says("members.ceased", "Membership of {subject} ceases from {effective_on}, entered on {entered_on}.")
says("members.reclassified", "{subject} moved from {was} to {now} on {effective_on}.")
says("members.particulars_changed", "Particulars of {subject} changed on {changed_on}: {what}.")
says("members.details_changed", "The membership record of {subject} was changed: {what}.")
says("members.entry_corrected", "A date of {subject} was corrected from {was} to {now}.")
says("members.entry_struck", "An entry of {subject} from {was} was struck out.")
says("members.login_linked", "{login} may sign in for {subject}.")
says("members.opted_out", "{subject} said no to membership.")
says("members.feed_proposed", "Staff file {subject} with {rows} rows was brought in.")
says("members.feed_question_answered", "A question of staff file {subject} was answered.")
says("members.feed_words_learnt", "Words of the staff feed were learnt.")
says("members.feed_discarded", "Staff file {subject} was put aside.")
says(
    "members.feed_approved",
    "Staff file {subject} was approved: {joined} joined, {invited} invited, {scheduled} to join later, {left} left, "
    "{changed} changed, {missing} missing, {held} held back.",
)


@tells_names
def member_names(mentioned: frozenset[str]) -> dict[str, str]:
    """Names beside references of memberships and people."""
    names = {
        reference: f"{given} {family}".strip()
        for reference, given, family in Membership.objects.filter(
            reference__in=[word for word in mentioned if word.startswith("M-")]
        ).values_list("reference", "person__given_name", "person__family_name")
    }
    people = Person.objects.filter(reference__in=[word for word in mentioned if word.startswith("P-")])
    return names | {person.reference: person.name for person in people}

"""The chain's facts of this room, in plain words."""

from mutualgov.audit.words import says, tells_names

from .models import Election

says("voting.election_called", "Election {subject} was drafted: {seats} seats, voting to close on {close_on}.")
says("voting.date_changed", "In election {subject} the returning officer set another date ({step}) and gave a reason.")
says("voting.notice_given", "Notice of election {subject} was given; the roll is as of {record_on}.")
says("voting.nominated", "Nomination {subject} was received in election {election}.")
says("voting.nomination_decided", "Nomination {subject} in election {election} was decided: {decision}.")
says("voting.nomination_withdrawn", "Nomination {subject} in election {election} was withdrawn.")
says("voting.nominations_closed", "Nominations closed in election {subject}: {candidates} stand.")
says("voting.roll_frozen", "The roll of election {subject} was frozen: {voters} voters as of {record_on}.")
says("voting.poll_opened", "Voting opened in election {subject}: {voters} voters.")
says("voting.paper_returns_marked", "{envelopes} returned envelopes were marked on the roll of election {subject}.")
says("voting.poll_closed", "Voting closed in election {subject}: {voted} have voted.")
says("voting.batch_keyed", "Batch {batch} of {papers} papers was keyed in election {subject}.")
says("voting.batch_confirmed", "A second person confirmed batch {batch} of {papers} papers in election {subject}.")
says("voting.batch_discarded", "Batch {batch} was discarded in election {subject}.")
says("voting.papers_explained", "The returning officer of election {subject} said why papers are missing.")
says("voting.votes_counted", "The votes of election {subject} were counted: {ballots} ballots.")
says("voting.lot_drawn", "A lot was drawn in election {subject}.")
says("voting.election_declared", "The result of election {subject} was declared on {declared_on}: {elected}.")
says("voting.election_abandoned", "Election {subject} was abandoned.")


@tells_names
def election_titles(mentioned: frozenset[str]) -> dict[str, str]:
    wanted = [word for word in mentioned if word.startswith("EL-")]
    return dict(Election.objects.filter(reference__in=wanted).values_list("reference", "title"))

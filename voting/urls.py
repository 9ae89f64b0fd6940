"""Addresses of this room, under the mutual's."""

from django.urls import path

from mutualgov.access.navigation import NavItem

from . import permissions
from .views import calling, elections, nominations, papers, results, roll, vote

app_name = "voting"
NAVIGATION = [NavItem("Elections", "voting:elections", permissions.SEE_ELECTION)]

ONE = "elections/<str:reference>/"
urlpatterns = [
    path("elections/", elections.Elections.as_view(), name="elections"),
    path("elections/call/", calling.ChooseSeat.as_view(), name="call"),
    path("elections/call/details/", calling.CallDetails.as_view(), name="call_details"),
    path("elections/call/draft/", calling.DraftElection.as_view(), name="draft"),
    path(ONE, elections.ElectionDesk.as_view(), name="election"),
    path(ONE + "public/", elections.PublicPage.as_view(), name="public"),
    path(ONE + "dates/", elections.Dates.as_view(), name="dates"),
    path(ONE + "dates/change/", elections.ChangeDate.as_view(), name="change_date"),
    path(ONE + "dates/bring-forward/", elections.BringForward.as_view(), name="bring_forward"),
    path(ONE + "give-notice/", elections.GiveNotice.as_view(), name="give_notice"),
    path(ONE + "abandoning/", elections.AbandonPage.as_view(), name="abandoning"),
    path(ONE + "abandon/", elections.Abandon.as_view(), name="abandon"),
    path(ONE + "stand/", nominations.Stand.as_view(), name="stand"),
    path(ONE + "stand/mine/", nominations.MyNomination.as_view(), name="my_nomination"),
    path(ONE + "stand/withdraw/", nominations.WithdrawMine.as_view(), name="withdraw_mine"),
    path(ONE + "nominate/", nominations.Nominate.as_view(), name="nominate"),
    path(ONE + "nominations/", nominations.Nominations.as_view(), name="nominations"),
    path(ONE + "nominations/paper/", nominations.PaperNomination.as_view(), name="paper_nomination"),
    path(ONE + "nominations/paper/enter/", nominations.EnterPaperNomination.as_view(), name="enter_nomination"),
    path(ONE + "nominations/close/", elections.CloseNominations.as_view(), name="close_nominations"),
    path(ONE + "nominations/<str:nomination>/", nominations.NominationPage.as_view(), name="nomination"),
    path(ONE + "nominations/<str:nomination>/decide/", nominations.Decide.as_view(), name="decide"),
    path(ONE + "nominations/<str:nomination>/withdraw/", nominations.Withdraw.as_view(), name="withdraw"),
    path(ONE + "roll/", roll.Roll.as_view(), name="roll"),
    path(ONE + "roll/roll.csv", roll.RollFile.as_view(), name="roll_file"),
    path(ONE + "roll/freeze/", elections.FreezeRoll.as_view(), name="freeze"),
    path(ONE + "open/", elections.OpenPoll.as_view(), name="open"),
    path(ONE + "vote/", vote.Vote.as_view(), name="vote"),
    path(ONE + "vote/check/", vote.CheckVote.as_view(), name="check_vote"),
    path(ONE + "vote/cast/", vote.CastVote.as_view(), name="cast"),
    path(ONE + "close/", elections.ClosePoll.as_view(), name="close"),
    path(ONE + "papers/", papers.Papers.as_view(), name="papers"),
    path(ONE + "papers/mark/", papers.MarkEnvelopes.as_view(), name="mark_envelopes"),
    path(ONE + "papers/missing/", papers.ExplainMissing.as_view(), name="explain_missing"),
    path(ONE + "papers/batch/", papers.KeyBatch.as_view(), name="key_batch"),
    path(ONE + "papers/batch/keep/", papers.KeepBatch.as_view(), name="keep_batch"),
    path(ONE + "papers/<str:batch>/", papers.ConfirmBatch.as_view(), name="confirm_batch"),
    path(ONE + "papers/<str:batch>/compare/", papers.CompareBatch.as_view(), name="compare_batch"),
    path(ONE + "papers/<str:batch>/discard/", papers.DiscardBatch.as_view(), name="discard_batch"),
    path(ONE + "count/", results.CountPage.as_view(), name="count"),
    path(ONE + "count/count/", results.CountVotes.as_view(), name="count_votes"),
    path(ONE + "count/lot/", results.RecordLot.as_view(), name="record_lot"),
    path(ONE + "declare/", results.Declare.as_view(), name="declare"),
]

"""How the chain's entries about roles read."""

from mutualgov.audit.words import says

says("access.role_granted", "{login} was given the role of {role} from {from_on} (last day: {until_on}).")
says("access.role_ended", "{login}’s role of {role} ends, its last day being {last_on}.")

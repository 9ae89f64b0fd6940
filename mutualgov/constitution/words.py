"""How the chain's entries about the constitution read."""

from mutualgov.audit.words import says

says("constitution.adopted", "Version {number} of the constitution was adopted, in force from {adopted_on}.")
says("constitution.founded", "The mutual was founded on {founded_on}.")

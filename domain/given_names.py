"""Given names often met in Copenhagen, in small letters: a guard, not a register of names.

A name that is also a word, a month or a place is left out. The list is ours; it may be
changed without touching code.
"""

_NAMES = """
abdi abdul abdullah adam adnan agnes ahmad ahmed aisha albert alberte alexander alfred ali alma
amalie amina amir anders andreas anna anne anton arthur asger astrid axel ayan ayla aya
benjamin bilal birgitte bjarne camilla carl caroline casper catarina cecilie charlotte
christian christoffer clara claus daniel david ebba elias elif ella ellen ellie elliot emil
emilia emilie emily emma erik esther eva fatima fatma filippa filip frederik freja frida
gabriel georg gustav hamza hannah hassan heidi helena helene henrik hugo hussein ibrahim ida
idris ingrid isabella ismail iben ivan jacob jakob jamal jan jasmin jens jeppe jesper joakim
johan johanne johannes jonas jonathan josefine josephine julie julius kamal karen karim karl
karla karoline kasper katrine khadija khaled kristian kristoffer laila lars laura lasse layla
lea leila lena leonora liam line linus lotte louis louise luca lucas ludvig luka lukas mads
magnus mahmoud malik malthe maria marie marius markus martha martin mary maryam mathias
mathilde matilde mette michael mikkel mikael mohamad mohamed mohammad mohammed morten muhammed
mustafa nadia naja nanna natasha nicklas nicolai niels nikolaj noah noor nora nour oliver
olivia omar oscar oskar osman otto patrick peter philip pernille rasmus rebecca robin rune said
salma samir sander sara sarah sebastian selma signe silas sigurd simon sofia sofie sofus sophia
sophie soren stine susanne søren tanja theo theodor therese thomas thor thorvald tobias trine
ulla umar usman valdemar victor victoria viggo viktor viktoria vilhelm villads walid william
yahya yasin yasmin youssef yusuf zahra zainab zakaria zeinab
"""
GIVEN_NAMES = frozenset(_NAMES.split())

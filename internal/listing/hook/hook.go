// Package hook holds what package gazetteer lends to package listing, functions whose
// types this module alone can name, and what the command that compiles the default list
// lends to package gazetteer, which is too large for the programs that import that.
package hook

// Matches, Listing, Posts, OtherTitle and Standing are set by package gazetteer when it is
// initialised. Their types are those of the functions of package listing that are called so,
// or Append before it.
var Matches, Listing, Posts, OtherTitle, Standing any

// English and NotRespelled are set by the command that compiles the default list: whether
// a folded word is one of English, and the folded words that are a spelling of nothing
// else. Without them a list has its names in the spellings given.
var (
	English      func(word string) bool
	NotRespelled []string
)

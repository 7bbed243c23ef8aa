// Package hook holds what package gazetteer lends to package listing: functions whose
// types this module alone can name. Only these two packages import it.
package hook

// Matches, Listing and Posts are set by package gazetteer when it is initialised. Their
// types are those of listing.AppendMatches, listing.AppendListing and listing.Posts.
var Matches, Listing, Posts any

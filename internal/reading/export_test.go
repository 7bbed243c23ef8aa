package reading

// Recase is for the tests of another package.
var Recase = (*Document).recase

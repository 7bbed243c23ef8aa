// Package release has no code. Its tests hold what a release promises: its version, the
// names it exports, and what is in the zip that importers download.
package release

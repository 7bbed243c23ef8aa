package job

import (
	"path/filepath"
	"slices"
	"strings"
)

// Limits of names, in bytes: file systems have 255 for a name, and 4,096 for a path.
const (
	maxName  = 200
	maxPath  = 1000
	maxNames = 10_000 // that are tried for one document
)

// localName returns a name that lies below the folder that it is joined to.
func localName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F || strings.ContainsRune(`\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name)
	parts := strings.FieldsFunc(filepath.ToSlash(name), func(r rune) bool { return r == '/' })
	length := 0
	for i, part := range slices.Backward(parts) {
		if part = strings.TrimLeft(part, "."); part == "" {
			part = "_"
		}
		parts[i] = shortened(part, maxName)
		if length += len(parts[i]) + 1; length > maxPath {
			parts = parts[i+1:]
			break
		}
	}
	if len(parts) == 0 {
		return "document"
	}
	return filepath.Join(parts...)
}

// shortened returns as much of the beginning of a name as fits in n bytes.
func shortened(name string, n int) string {
	for len(name) > n {
		name = name[:strings.LastIndexFunc(name, func(rune) bool { return true })]
	}
	return name
}

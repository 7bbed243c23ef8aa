package release

import (
	"bytes"
	"flag"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the list of exported names anew")

// packages are those that programs import.
var packages = []string{"entity", "entity/format", "entity/prosetag", "entity/score", "gazetteer"}

// TestAPI: what is exported is what testdata/api.txt says. A change of it is made with
// -update, and has a line in CHANGELOG.md.
func TestAPI(t *testing.T) {
	var got bytes.Buffer
	for _, name := range packages {
		got.WriteString("package " + name + "\n")
		for _, declaration := range exported(t, filepath.Join(root, name)) {
			got.WriteString("\n" + declaration + "\n")
		}
		got.WriteString("\n")
	}
	file := filepath.Join(root, "testdata", "api.txt")
	if *update {
		if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("testdata/api.txt is not what is exported; if that is meant, "+
			"go test ./internal/release -update (-want +got):\n%s", diff)
	}
}

// layout is that of gofmt, aligned with spaces, as go doc has it.
var layout = printer.Config{Mode: printer.UseSpaces | printer.TabIndent, Tabwidth: 8}

// exported returns the declarations of exported names in a package, without comments and
// bodies, in the order of their text.
func exported(t *testing.T, dir string) []string {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %d files, %v", dir, len(files), err)
	}
	set := token.NewFileSet()
	var list []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.FileExports(file)
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				d.Body = nil
			case *ast.GenDecl:
				if d.Tok == token.IMPORT {
					continue
				}
			}
			var text bytes.Buffer
			if err := layout.Fprint(&text, set, d); err != nil {
				t.Fatal(err)
			}
			list = append(list, compact(text.String()))
		}
	}
	slices.Sort(list)
	return list
}

// compact returns a declaration without blank lines, which stand where comments did.
func compact(s string) string {
	return strings.Join(slices.DeleteFunc(strings.Split(s, "\n"), func(line string) bool {
		return strings.TrimSpace(line) == ""
	}), "\n")
}

// TestNoInternal: no exported declaration names a type of an internal package.
func TestNoInternal(t *testing.T) {
	for _, name := range packages {
		internal := map[string]bool{}
		files, err := fs.Glob(os.DirFS(filepath.Join(root, name)), "*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, name, file), nil, parser.ImportsOnly)
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range parsed.Imports {
				if path := strings.Trim(i.Path.Value, `"`); strings.Contains(path, "/internal/") {
					internal[path[strings.LastIndexByte(path, '/')+1:]] = true
				}
			}
		}
		for _, declaration := range exported(t, filepath.Join(root, name)) {
			for _, word := range strings.FieldsFunc(declaration, between) {
				if of, _, qualified := strings.Cut(word, "."); qualified && internal[of] {
					t.Errorf("%s: %s is internal, in %s", name, word, declaration)
				}
			}
		}
	}
}

// between reports whether a character stands between the names of a declaration.
func between(r rune) bool { return strings.ContainsRune(" \t\n()[]{}*,", r) }

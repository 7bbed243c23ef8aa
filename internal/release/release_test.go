package release

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/module"
	modzip "golang.org/x/mod/zip"

	"github.com/steppe-ner/steppe/internal/command"
)

const root = "../.."

// TestVersion: the list of changes begins with those of this version.
func TestVersion(t *testing.T) {
	changes, err := os.ReadFile(filepath.Join(root, "CHANGELOG.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, first, _ := strings.Cut(string(changes), "\n## ")
	if got, _, _ := strings.Cut(first, "\n"); got != command.Version && got != command.Version+", not yet released" {
		t.Errorf("CHANGELOG.md begins with %q, the version is %s", got, command.Version)
	}
}

// TestImporters: whoever imports the library compiles nothing but the standard library and
// this module, unless prose itself is asked for.
func TestImporters(t *testing.T) {
	const own = "github.com/steppe-ner/steppe/"
	args := []string{"list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}"}
	for _, name := range packages {
		if name != "entity/prosetag" {
			args = append(args, own+name)
		}
	}
	list, err := exec.Command("go", args...).Output()
	if errors.Is(err, exec.ErrNotFound) {
		t.Skip(err)
	} else if err != nil {
		t.Fatal(err)
	}
	for name := range strings.FieldsSeq(string(list)) {
		if !strings.HasPrefix(name, own) {
			t.Errorf("%s is compiled", name)
		}
	}
}

// maxZip is how many bytes importers may have to download.
const maxZip = 16 << 20

// needed must be in the zip: what the licences ask for, and what is embedded.
var needed = []string{"LICENSE", "NOTICE", "README.md", "go.mod", "gazetteer/default.bin", "internal/model/model.bin"}

// leftBehind are the endings of what builds and editors leave behind.
var leftBehind = []string{".test", ".prof", ".exe", ".wasm", ".orig", ".rej", ".swp", ".log"}

// TestZip: the zip of the module, as the go command makes it, has what it needs, nothing
// that was left behind by a build or an editor, and is small.
func TestZip(t *testing.T) {
	if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
		t.Skip(err)
	}
	var data bytes.Buffer
	version := module.Version{Path: "github.com/steppe-ner/steppe", Version: "v" + command.Version}
	if err := modzip.CreateFromDir(&data, version, root); err != nil {
		t.Fatal(err)
	}
	if data.Len() > maxZip {
		t.Errorf("%d bytes, more than %d", data.Len(), maxZip)
	}
	files, err := zip.NewReader(bytes.NewReader(data.Bytes()), int64(data.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files.File {
		name := strings.TrimPrefix(f.Name, version.String()+"/")
		names = append(names, name)
		switch base := filepath.Base(name); {
		case strings.HasPrefix(base, "."):
			hidden := []string{".git", ".gitignore", ".ci", ".github"} // .git is a file in a work tree
			if top, _, _ := strings.Cut(name, "/"); !slices.Contains(hidden, top) {
				t.Errorf("%s is hidden", name)
			}
		case slices.Contains(leftBehind, filepath.Ext(base)):
			t.Errorf("%s was left behind", name)
		}
	}
	for _, name := range needed {
		if !slices.Contains(names, name) {
			t.Errorf("no %s", name)
		}
	}
	t.Logf("%d files, %d bytes", len(names), data.Len())
}

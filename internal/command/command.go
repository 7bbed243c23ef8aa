// Package command has what the commands of examples do alike.
package command

import (
	"flag"
	"fmt"
	"runtime"
	"runtime/debug"
)

// Version is that of this module, and the one place where it is written. CHANGELOG.md
// begins with it.
const Version = "0.1.0"

// Describe returns the version of a command as it says it of itself: that of this
// module, what the build knows of its revision, and what it was built with and for.
func Describe(name string) string {
	v := name + " " + Version
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			switch {
			case s.Key == "vcs.revision":
				v += " " + s.Value
			case s.Key == "vcs.modified" && s.Value == "true":
				v += " modified"
			}
		}
	}
	return fmt.Sprintf("%s %s %s/%s", v, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// Parse reads a command line in which flags may stand after other arguments, up to --,
// and returns those others.
func Parse(f *flag.FlagSet, args []string) (others []string, err error) {
	for {
		if err := f.Parse(args); err != nil {
			return nil, err
		}
		if f.NArg() == 0 {
			return others, nil
		}
		if read := len(args) - f.NArg(); read > 0 && args[read-1] == "--" {
			return append(others, f.Args()...), nil
		}
		others, args = append(others, f.Arg(0)), f.Args()[1:]
	}
}

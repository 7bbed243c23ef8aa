//go:build !unix && !windows

package job

import "context"

// Interruptible returns ctx: there are no signals here.
func Interruptible(ctx context.Context) context.Context { return ctx }

// IgnoreBrokenPipe does nothing: there are no signals here.
func IgnoreBrokenPipe() {}

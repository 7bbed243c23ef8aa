//go:build unix || windows

package job

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// Interruptible returns a context that ends when the process is asked to end. A second
// time ends the process at once. A hang-up that is to be ignored, as nohup has it, is.
func Interruptible(ctx context.Context) context.Context {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		signals = append(signals, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(ctx, signals...)
	context.AfterFunc(ctx, stop)
	return ctx
}

// IgnoreBrokenPipe lets messages that nobody reads any more be lost without ending the
// process.
func IgnoreBrokenPipe() { signal.Ignore(syscall.SIGPIPE) }

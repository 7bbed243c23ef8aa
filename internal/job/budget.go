package job

import "context"

// budget is how much of something may be in memory, in credits of creditBytes: as
// many as are in the channel are in use.
type budget struct {
	credits chan struct{}
	taker   chan struct{} // the one whose turn it is to take
}

func newBudget(bytes int) budget {
	return budget{make(chan struct{}, bytes/creditBytes), make(chan struct{}, 1)}
}

// take waits for the credits for n bytes, or for all that there are, and returns how
// many they are; false when ctx ends first.
func (b budget) take(ctx context.Context, n int) (credits int, ok bool) {
	select {
	case b.taker <- struct{}{}:
		defer func() { <-b.taker }()
	case <-ctx.Done():
		return 0, false
	}
	for credits < min(max(1, (n+creditBytes-1)/creditBytes), cap(b.credits)) {
		select {
		case b.credits <- struct{}{}:
			credits++
		case <-ctx.Done():
			b.give(credits)
			return 0, false
		}
	}
	return credits, true
}

func (b budget) give(credits int) {
	for range credits {
		<-b.credits
	}
}

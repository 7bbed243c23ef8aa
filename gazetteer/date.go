package gazetteer

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Date is a day, a month or a year, as far as it is known: a zero Day stands for some
// day of the month, a zero Month for some day of the year, and the zero Date for none.
type Date struct{ Year, Month, Day int }

// ParseDate reads YYYY, YYYY-MM or YYYY-MM-DD; the empty string is the zero Date.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	var d Date
	parts := []*int{&d.Year, &d.Month, &d.Day}
	for i, text := range strings.SplitN(s, "-", len(parts)) {
		digits := 2
		if i == 0 {
			digits = 4
		}
		n, err := strconv.ParseUint(text, 10, 16)
		if err != nil || n == 0 || len(text) != digits {
			return Date{}, fmt.Errorf("%s is no date: want YYYY, YYYY-MM or YYYY-MM-DD", quote(s))
		}
		*parts[i] = int(n)
	}
	if !d.valid() {
		return Date{}, fmt.Errorf("%s is no day of the calendar", quote(s))
	}
	return d, nil
}

// valid reports whether d is the zero Date or lies in the calendar.
func (d Date) valid() bool {
	switch {
	case d == Date{}:
		return true
	case d.Year < 1 || d.Year > 9999 || d.Month < 0 || d.Month > 12 || d.Day < 0 || d.Month == 0 && d.Day != 0:
		return false
	}
	return d.Day == 0 || d.Day <= time.Date(d.Year, time.Month(d.Month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// String is the inverse of ParseDate.
func (d Date) String() string {
	switch {
	case d.Year == 0:
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// MarshalText returns the date as String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads a date as ParseDate does.
func (d *Date) UnmarshalText(text []byte) error {
	parsed, err := ParseDate(string(text))
	if err == nil {
		*d = parsed
	}
	return err
}

// Compare orders dates by year, month and day: -1 when d comes before e, 0 when both are
// the same, 1 otherwise. What is not known comes before what is: 2019 before
// 2019-01, and the zero Date first of all.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// order is Compare by what is known of both: 2019 and 2019-03 are not told apart, nor
// is the zero Date from any.
func (d Date) order(e Date) int {
	for _, part := range [...][2]int{{d.Year, e.Year}, {d.Month, e.Month}, {d.Day, e.Day}} {
		if part[0] == 0 || part[1] == 0 {
			break
		}
		if c := cmp.Compare(part[0], part[1]); c != 0 {
			return c
		}
	}
	return 0
}

// code returns the date as a number that grows with Compare.
func (d Date) code() uint64 { return uint64(d.Year)<<9 | uint64(d.Month)<<5 | uint64(d.Day) }

// dateOf is the inverse of code.
func dateOf(code uint64) Date {
	return Date{int(min(code>>9, 1<<20)), int(code >> 5 & 15), int(code & 31)}
}

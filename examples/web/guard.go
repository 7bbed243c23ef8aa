package main

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"github.com/steppe-ner/steppe/examples/web/page"
)

// guard refuses what another site's page may have a browser ask: requests for names
// that are not ours, which a resolver may have been made to lead here, and requests
// that change or compute something from a page of another origin. It says how every
// answer may be used.
func guard(hosts []string, next http.Handler) http.Handler {
	origins := http.NewCrossOriginProtection()
	origins.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		refuse(w, r, http.StatusForbidden, &page.Fault{Reason: "from a page of another origin"})
	}))
	next = origins.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		if !ours(r.Host, hosts) {
			refuse(w, r, http.StatusMisdirectedRequest,
				&page.Fault{Reason: "for another host; -hosts names those that are served"})
			return
		}
		next.ServeHTTP(w, r)
	})
}

// ours reports whether a Host header is one to answer to. An IP address cannot be led
// elsewhere by a resolver.
func ours(host string, hosts []string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	if _, err := netip.ParseAddr(host); err == nil {
		return true
	}
	host = strings.TrimSuffix(host, ".")
	return strings.EqualFold(host, "localhost") ||
		host != "" && slices.ContainsFunc(hosts, func(h string) bool { return strings.EqualFold(h, host) })
}

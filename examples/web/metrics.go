package main

import (
	"fmt"
	"net/http"
	"time"

	"github.com/VictoriaMetrics/metrics"
)

// meters are what /metrics tells.
type meters struct {
	set  *metrics.Set
	busy *metrics.Counter // requests for which there was no room
	text *metrics.Counter // bytes tagged
}

// seconds are the bounds of the buckets of times.
var seconds = []float64{.001, .003, .01, .03, .1, .3, 1, 3, 10, 30}

func newMeters(s *service) *meters {
	set := metrics.NewSet()
	m := &meters{set, set.NewCounter("steppe_refused_busy_total"), set.NewCounter("steppe_text_bytes_total")}
	for name, g := range map[string]*gate{"small": &s.small, "large": &s.large, "batch": &s.batches} {
		set.NewGauge(fmt.Sprintf("steppe_requests_inside{gate=%q}", name), func() float64 {
			requests, _ := g.inside()
			return float64(requests)
		})
		set.NewGauge(fmt.Sprintf("steppe_request_bytes_inside{gate=%q}", name), func() float64 {
			_, bytes := g.inside()
			return float64(bytes)
		})
	}
	set.NewGauge("steppe_turns_taken", func() float64 { return float64(len(s.turns)) })
	return m
}

// serve writes the metrics in Prometheus' text format.
func (m *meters) serve(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	m.set.WritePrometheus(w)
	metrics.WriteProcessMetrics(w)
}

// count counts and times what next answers, by path and status.
func (m *meters) count(routes map[string]route, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		path := r.URL.Path
		if _, ok := routes[path]; !ok {
			path = "other"
		}
		recorder := &recorder{ResponseWriter: w, status: http.StatusOK}
		defer func() { // what is broken off ends by a panic
			m.set.GetOrCreateCounter(fmt.Sprintf(`steppe_requests_total{path=%q,code="%d"}`, path, recorder.status)).Inc()
			m.set.GetOrCreatePrometheusHistogramExt(fmt.Sprintf("steppe_request_duration_seconds{path=%q}", path), seconds).
				UpdateDuration(began)
		}()
		next.ServeHTTP(recorder, r)
	})
}

// recorder notes the status of an answer.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// Unwrap is for http.ResponseController.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

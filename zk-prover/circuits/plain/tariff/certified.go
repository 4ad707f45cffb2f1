package tariff

import (
	"math"
	"math/big"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/refusal"
)

// stepsMax bounds the steps of a ladder, rateMax a scenario's return.
const (
	stepsMax = 1 << 8
	rateMax  = 2 * risktable.Million
)

// Unlimited is the room of a component at its bound: no flow moves the price further. Every flow is below it.
const Unlimited = math.MaxInt64

// Certified is what a tariff publishes of its vectors c′: what a certificate of them is about. Rates in ppm, money in µ$.
type Certified struct {
	*Tariff
	Span      int64       // σ
	Liquid    []int64     // numbers of the liquidity groups, in the tariff's order
	Scenarios []Certainty // by scenario
}

// Certainty are one scenario's vectors, cut to their bounds, and the room that they leave: by group falls, then rises. A room is the largest
// forced flow with min(bound, ⌈I(F)/10¹²⌉) ≤ c′, less what the published hedgers trade.
type Certainty struct {
	Rates, Rooms []int64
}

type liquidGroup struct {
	ladder     []risktable.Knot // threshold: µ$; slope: ppm of the price per million USD
	cap, gamma int64
}

// ParseCertified reads a tariff of a table with its certified vectors, or says by name what it refuses. No vector that is charged may lie below
// the certified one, and none may leave less room than hedgers take.
func ParseCertified(table *risktable.Table, encoded []byte) (*Certified, error) {
	parsed, err := Parse(table, encoded)
	if err != nil {
		return nil, err
	}
	root, document := canonical.Decode(encoded, refusal.Table, "tariff")
	fields := root.Schema("bulwark-buffer-tariff", 2, "rules", "groups", "symbols", "scenarios", "certified", "charged", "exits", "vega")
	c := &Certified{Tariff: parsed, Span: fields[0].Tuple("span", "exitShare", "ownSizeLimit")[0].Int(1, risktable.Million)}
	for _, group := range table.Groups {
		if group.Charged {
			c.Liquid = append(c.Liquid, group.Number)
		}
	}
	groups := readLiquid(fields[1])
	vectors := fields[4].Items()
	if len(vectors) != parsed.Scenarios {
		fields[4].Refuse("WRONG_LENGTH")
	}
	if document.Fault() != nil {
		return nil, document.Fault()
	}
	for s, scenario := range fields[3].Items() {
		returns := scenario.Tuple("returns", "basis")[0].Ints(-rateMax, rateMax)
		rates := vectors[s].Ints(0, math.MaxInt32)
		if len(returns) != len(groups) || len(rates) != 2*len(groups) {
			vectors[s].Refuse("WRONG_LENGTH")
			return nil, document.Fault()
		}
		certainty := Certainty{Rates: make([]int64, len(rates)), Rooms: make([]int64, len(rates))}
		for i, rate := range rates {
			k := i % len(groups)
			bound, move, charged := groups[k].cap, returns[k], parsed.charged(c.Liquid[k], s, i >= len(groups))
			if i < len(groups) {
				bound, move = min(bound, max(0, risktable.Million+returns[k])), -returns[k]
			}
			rate = min(rate, bound)
			room := groups[k].room(rate, bound, max(0, move)+rate)
			if charged < rate || room < 0 {
				return nil, refusal.New(refusal.Claim, "CLAIM_NOT_MET", "tariff.certified[%d][%d]", s, i)
			}
			certainty.Rates[i], certainty.Rooms[i] = rate, room
		}
		c.Scenarios = append(c.Scenarios, certainty)
	}
	return c, document.Fault()
}

func (t *Tariff) charged(number int64, scenario int, rise bool) int64 {
	group, _ := t.Group(number)
	if rise {
		return group.Up[scenario]
	}
	return group.Down[scenario]
}

func readLiquid(value canonical.Value) (groups []liquidGroup) {
	for _, item := range value.Items() {
		f := item.Tuple("name", "ladder", "cap", "minimumExit", "gamma", "cells")
		group := liquidGroup{cap: f[2].Int(0, risktable.Million), gamma: f[4].Int(0, 1<<QuantityBits-1)}
		steps := f[1].Items()
		if len(steps) > stepsMax {
			f[1].Refuse("LIMIT_EXCEEDED")
			return nil
		}
		for _, step := range steps {
			knot := step.Tuple("from", "slope")
			group.ladder = append(group.ladder, risktable.Knot{Threshold: knot[0].Int(0, 1<<QuantityBits-1), Slope: knot[1].Int(0, math.MaxInt64)})
		}
		groups = append(groups, group)
	}
	return groups
}

// room is the largest forced flow that keeps a component at or below its rate, less ⌈gamma·move/10⁶⌉ of the hedgers.
func (g liquidGroup) room(rate, bound, move int64) int64 {
	if rate >= bound {
		return Unlimited
	}
	limit := new(big.Int).Mul(big.NewInt(rate), big.NewInt(1_000_000_000_000))
	if g.impact(Unlimited/2).Cmp(limit) <= 0 {
		return Unlimited
	}
	within, beyond := int64(0), int64(Unlimited/2)
	for beyond-within > 1 {
		middle := within + (beyond-within)/2
		if g.impact(middle).Cmp(limit) <= 0 {
			within = middle
		} else {
			beyond = middle
		}
	}
	hedged := new(big.Int).Mul(big.NewInt(g.gamma), big.NewInt(move))
	hedged.Add(hedged, big.NewInt(risktable.Million-1)).Quo(hedged, big.NewInt(risktable.Million))
	return within - hedged.Int64()
}

// impact is I(F) = Σ (F − from)⁺·slope, 10⁻¹² ppm.
func (g liquidGroup) impact(flow int64) *big.Int {
	impact := new(big.Int)
	for _, step := range g.ladder {
		if flow > step.Threshold {
			impact.Add(impact, new(big.Int).Mul(big.NewInt(flow-step.Threshold), big.NewInt(step.Slope)))
		}
	}
	return impact
}

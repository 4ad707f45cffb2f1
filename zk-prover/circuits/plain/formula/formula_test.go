package formula

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
)

// vectors are zk-prover/vectors/margin.json: written by the margin engine, read by every other program that claims the same integers.
type vectors struct {
	Encoding string
	Cases    []struct {
		Name                              string
		Cash                              int64
		Positions, Paid, Collateral, Debt [][2]int64
		Families, Combos                  []int64
		Stress, Shortfall                 int64
		Basis, Liquidity, Concentration   int64
		Crowding, Skew, Contagion         int64
		Quantisation                      int64
		Liability                         bool
		InitialMargin, MaintenanceMargin  int64
		Equity                            int64
	}
}

func read(t *testing.T) (vectors, *risktable.Table) {
	t.Helper()
	file, err := os.ReadFile(filepath.Join("..", "..", "..", "vectors", "margin.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all vectors
	if err := json.Unmarshal(file, &all); err != nil {
		t.Fatal(err)
	}
	encoded, err := hex.DecodeString(all.Encoding)
	if err != nil {
		t.Fatal(err)
	}
	table, err := risktable.Parse(encoded)
	if err != nil {
		t.Fatal(err)
	}
	return all, table
}

func entries(list [][2]int64) (entries []publicinput.Entry) {
	for _, entry := range list {
		entries = append(entries, publicinput.Entry{Key: entry[0], Lots: entry[1]})
	}
	return entries
}

func lines(collateral, debt [][2]int64) (lines []publicinput.Entry) {
	for _, entry := range collateral {
		lines = append(lines, publicinput.Entry{Key: publicinput.LineKey(entry[0], false), Lots: entry[1]})
	}
	for _, entry := range debt {
		lines = append(lines, publicinput.Entry{Key: publicinput.LineKey(entry[0], true), Lots: entry[1]})
	}
	slices.SortFunc(lines, func(a, b publicinput.Entry) int { return int(a.Key - b.Key) })
	return lines
}

func TestShouldComputeEveryComponentThatTheEngineComputes(t *testing.T) {
	all, table := read(t)
	if len(all.Cases) < 100 {
		t.Fatalf("vectors must hold at least 100 accounts; have %d", len(all.Cases))
	}
	for _, c := range all.Cases {
		computed, err := Evaluate(table, publicinput.AccountLeaf{Cash: c.Cash, Positions: entries(c.Positions), Paid: entries(c.Paid),
			Lines: lines(c.Collateral, c.Debt)})
		if err != nil {
			t.Fatal(c.Name, err)
		}
		equal := func(component string, computed, expected int64) {
			if computed != expected {
				t.Errorf("%s: %s is %d, the engine says %d", c.Name, component, computed, expected)
			}
		}
		for k, expected := range c.Families {
			equal("family", computed.Families[k], expected)
		}
		for k, expected := range c.Combos {
			equal("combo", computed.Combos[k], expected)
		}
		equal("stress", computed.Stress, c.Stress)
		equal("shortfall", computed.Shortfall, c.Shortfall)
		equal("basis", computed.Basis, c.Basis)
		equal("liquidity", computed.Liquidity, c.Liquidity)
		equal("concentration", computed.Concentration, c.Concentration)
		equal("crowding", computed.Crowding, c.Crowding)
		equal("skew", computed.Skew, c.Skew)
		equal("contagion", computed.Contagion, c.Contagion)
		equal("quantisation", computed.Quantisation, c.Quantisation)
		equal("initial margin", computed.InitialMargin, c.InitialMargin)
		equal("maintenance margin", computed.MaintenanceMargin, c.MaintenanceMargin)
		equal("equity", computed.Equity, c.Equity)
		if computed.Liability != c.Liability {
			t.Errorf("%s: liability is %t, the engine says %t", c.Name, computed.Liability, c.Liability)
		}
	}
}

// TestShouldExerciseEveryComponent: a vector in which a component never binds would pin nothing of it.
func TestShouldExerciseEveryComponent(t *testing.T) {
	all, table := read(t)
	if len(table.Families) != 7 || len(table.Weights) != 7 || len(table.Shorts) == 0 {
		t.Fatalf("table must have seven families, seven combos and a two-asset product; have %d, %d, %d", len(table.Families),
			len(table.Weights), len(table.Shorts))
	}
	seen := map[string]int{}
	note := func(component string, present bool) {
		if present {
			seen[component]++
		}
	}
	for _, c := range all.Cases {
		for k, combo := range c.Combos {
			note("combo "+string(rune('0'+k))+" binds", combo == c.Stress && combo > 0)
		}
		note("shortfall binds", c.Shortfall > c.Stress)
		note("basis", c.Basis > 0)
		note("liquidity", c.Liquidity > 0)
		note("concentration", c.Concentration > 0)
		note("crowding", c.Crowding > 0)
		note("skew", c.Skew > 0)
		note("contagion", c.Contagion > 0)
		note("no liability", !c.Liability)
		note("negative cash", c.Cash < 0)
	}
	if len(seen) != 16 {
		t.Errorf("components seen: %v", seen)
	}
}

package rehearsal

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/logger"

	"bulwark.io/circuits/groth"
)

func init() { logger.Disable() }

func TestShouldAcceptTheAmountBelowTheBoundAndNoOtherNullifier(t *testing.T) {
	shape := Shape{Steps: stepsLeast}
	system, err := groth.Compile(shape)
	if err != nil {
		t.Fatal(err)
	}
	element := func(value uint64) (e fr.Element) { e.SetUint64(value); return e }
	assign := func() *Circuit {
		circuit, _ := Assign(shape, element(5), element(6), element(7), element(8), 1<<62)
		return circuit
	}
	if err := groth.Solve(system, assign()); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*Circuit){
		"claim of 2⁶³": func(c *Circuit) { c.Claim = element(1 << 63) },
		"nullifier":    func(c *Circuit) { c.Nullifier = element(9) },
		"seal":         func(c *Circuit) { c.Seal = element(9) },
		"challenge":    func(c *Circuit) { c.Challenge = element(9) },
		"scope":        func(c *Circuit) { c.Scope = element(9) },
		"secret":       func(c *Circuit) { c.Secret = element(9) },
	} {
		changed := assign()
		change(changed)
		if groth.Solve(system, changed) == nil {
			t.Errorf("another %s must be refused", name)
		}
	}
}

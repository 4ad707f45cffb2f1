package rehearsal

import (
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/logger"

	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/plain/publicinput"
)

func init() { logger.Disable() }

// A statement of another circuit, were it taken here, would be proved by anybody who knows a number.
func TestShouldAcceptTheAmountBelowTheBoundAndNoOtherNullifierOrStatement(t *testing.T) {
	shape := Shape{Steps: stepsLeast}
	system, err := groth.Compile(shape)
	if err != nil {
		t.Fatal(err)
	}
	element := func(value uint64) (e fr.Element) { e.SetUint64(value); return e }
	assign := func() *Circuit {
		circuit, public := Assign(shape, element(5), element(6), element(7), element(8), 1<<62)
		if !public[publicinput.Count-1].IsZero() {
			t.Fatal("the statement must be 0")
		}
		return circuit
	}
	if err := groth.Solve(system, assign()); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*Circuit){
		"amount, of 2⁶³":           func(c *Circuit) { c.Amount = element(1 << 63) },
		"nullifier":                func(c *Circuit) { c.Nullifier = element(9) },
		"seal":                     func(c *Circuit) { c.Seal = element(9) },
		"challenge":                func(c *Circuit) { c.Challenge = element(9) },
		"scope":                    func(c *Circuit) { c.Scope = element(9) },
		"secret":                   func(c *Circuit) { c.Secret = element(9) },
		"statement's tag":          func(c *Circuit) { c.Statement = element(1) },
		"statement's next tag bit": func(c *Circuit) { c.Statement = element(1 << 7) },
		"statement's choice":       func(c *Circuit) { c.Statement = element(1 << 8) },
		"statement's standing":     func(c *Circuit) { c.Statement = element(1 << 15) },
		"statement's amount":       func(c *Circuit) { c.Statement = element(1 << 16) },
		"statement's name":         func(c *Circuit) { c.Statement = new(big.Int).Lsh(big.NewInt(1), 80) },
	} {
		changed := assign()
		change(changed)
		if groth.Solve(system, changed) == nil {
			t.Errorf("another %s must be refused", name)
		}
	}
}

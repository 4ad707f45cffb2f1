package account

import (
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/internal/tabletest"
	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/refusal"
)

var shallowShapes = []Shape{shallowChallenge, shallow, shallowCompact, shallowPlain}

// Over a table whose tree has depth 4 the margin is the same integer, and nothing beside it.
func TestShouldAcceptExactlyTheIntegerOfTheFormulaAtDepthFour(t *testing.T) {
	random := rand.New(rand.NewPCG(271, 272))
	for round := range witnesstest.Size(8, 400) {
		d := drawFor(t, random, shallowShapes[round%4], publicinput.Given, 5000, holding)
		assignment := assign(t, d)
		if !accepts(assignment) {
			t.Fatalf("seed 271,272 round %d: the claim at its bound must be accepted", round)
		}
		claimAmount(assignment, d.request.Claim.Amount+1)
		if accepts(assignment) {
			t.Fatalf("seed 271,272 round %d: one past the bound must be rejected", round)
		}
	}
}

// The depth is part of the structure: a table of the other depth is refused by name and has another root.
func TestShouldRefuseATableOfTheOtherDepth(t *testing.T) {
	random := rand.New(rand.NewPCG(273, 274))
	for _, shape := range shallowShapes {
		d := drawFor(t, random, shape, publicinput.Given, 5000, holding)
		usual := shape
		usual.Structure.Small = false
		if _, err := Assign(usual, d.table, d.request); refusal.Of(err).Code != "TABLE_SHAPE_DIFFERS" {
			t.Errorf("%s: a table of depth 4 in the usual shape: %v", shape, err)
		}
		d = drawFor(t, random, usual, publicinput.Given, 5000, holding)
		if _, err := Assign(shape, d.table, d.request); refusal.Of(err).Code != "TABLE_SHAPE_DIFFERS" {
			t.Errorf("%s: a table of depth 5 in the shape of depth 4: %v", shape, err)
		}
		if shape.StructureDigest() == usual.StructureDigest() {
			t.Error("structures of two depths must have two digests")
		}
	}
}

// A leaf of the forger's own under a node that stands in no cap, and a row at another place than its own.
func TestShouldRejectAnotherPathAtDepthFour(t *testing.T) {
	random := rand.New(rand.NewPCG(275, 276))
	for _, shape := range shallowShapes {
		d := drawFor(t, random, shape, publicinput.Given, 5000, holding)
		for name, step := range map[string]gadget.Step{
			"children of zeros": gadget.StepTo(0, [4]fr.Element{}),
			"another digit": func() gadget.Step {
				children, digits := d.table.Path(1)
				return gadget.StepTo((digits[0]+1)%4, children[0])
			}(),
		} {
			forged := assign(t, d)
			if !accepts(forged) {
				t.Fatal("the honest witness must be accepted")
			}
			forged.Circuit.Table.Instruments[0].Row.Path[0] = step
			if accepts(forged) {
				t.Errorf("%s, %s: must be rejected", shape.Opening, name)
			}
		}
	}
}

func TestShouldReadTheShapeThatItWritesAtDepthFour(t *testing.T) {
	for _, shape := range append([]Shape{atDepthFour(buffered), atDepthFour(bufferedAtVenues), ordinaryAtDepthFour()}, shallowShapes...) {
		root, document := canonical.Decode(canonical.Encode(shape.Encoded()), refusal.Request, "shape")
		read := readShape(root)
		if document.Fault() != nil || read.String() != shape.String() || read.Structure.Depth() != publicinput.SmallTableDepth {
			t.Errorf("%s: %v", shape, document.Fault())
		}
	}
	encoded := shallow.Encoded()
	for _, depth := range []int64{3, 5, 6} {
		structure := tabletest.SmallVenues(32).Encoded()
		encoded[6] = append(structure, depth)
		root, document := canonical.Decode(canonical.Encode(encoded), refusal.Request, "shape")
		if readShape(root); refusal.Of(document.Fault()).Code != "OUT_OF_RANGE" {
			t.Errorf("depth %d: %v", depth, document.Fault())
		}
	}
}

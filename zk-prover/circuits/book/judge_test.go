package book

import (
	"math/rand/v2"
	"slices"
	"testing"

	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/verification"
)

func statesOf(judgement verification.Judgement) map[string]verification.State {
	states := map[string]verification.State{}
	for _, pin := range judgement.Pins {
		states[pin.Name] = pin.State
	}
	return states
}

func TestShouldJudgeABookByTheShapesOfItsKeysRecords(t *testing.T) {
	witnesstest.FullTier(t)
	random := rand.New(rand.NewPCG(81, 82))
	request := sealedHouse(random, 5)
	bundle, _, _ := proveHouse(t, request, nil)
	keys := testKeys()
	batch, sum, top := keys.Batch.File(), keys.Layers[0].File(), keys.Top.File()
	names := Names{Batch: batch.Record.Identity(), Layers: [][32]byte{sum.Record.Identity()}, Top: top.Record.Identity()}
	files := [][]byte{top.Encode(), batch.Encode(), sum.Encode()}

	judgement, err := bundle.Judge(names, files, request.Table, nil, verification.Expectation{})
	if err != nil || judgement.Outcome != verification.Unanchored {
		t.Fatalf("a true book without a pin must not be anchored; have %+v, %v", judgement, err)
	}
	states := statesOf(judgement)
	for name, state := range map[string]verification.State{verification.PinHouse: verification.Missing, verification.PinEpoch: verification.Missing,
		verification.PinKey: verification.Missing, verification.PinHoldings: verification.Missing, verification.PinTable: verification.Given} {
		if states[name] != state || len(states) != 5 {
			t.Fatalf("pin %s must be %v; have %v", name, state, states)
		}
	}
	wrong := verification.Expectation{Facts: []verification.Fact{{Pin: verification.PinHoldings, State: verification.Wrong, Words: "too few"}}}
	if judgement, _ = bundle.Judge(names, files, request.Table, nil, wrong); judgement.Outcome != verification.Refused || judgement.Reason != "too few" {
		t.Fatalf("holdings that differ must refuse; have %+v", judgement)
	}
	forged := copied(t, bundle)
	forged.Published.Lines[0]--
	if judgement, _ = forged.Judge(names, files, request.Table, nil, verification.Expectation{}); judgement.Outcome != verification.Refused {
		t.Fatalf("a forged book must be refused; have %+v", judgement)
	}

	for name, change := range map[string]func(*Names){
		"batch and top exchanged": func(n *Names) { n.Batch, n.Top = n.Top, n.Batch },
		"a sum as the top":        func(n *Names) { n.Top = n.Layers[0] },
		"a layer too few":         func(n *Names) { n.Layers = nil },
		"a key that is not here":  func(n *Names) { n.Batch = [32]byte{1} },
	} {
		other := Names{Batch: names.Batch, Layers: slices.Clone(names.Layers), Top: names.Top}
		change(&other)
		if judged, err := bundle.Judge(other, files, request.Table, nil, verification.Expectation{}); err == nil {
			t.Errorf("%s must be refused; have %+v", name, judged)
		}
	}
}

// A record that lends a batch's key another shape has another identity, so a list of the house does not name it; without a list, layers whose
// shapes do not stand on each other are no book.
func TestShouldRefuseABookUnderALentShape(t *testing.T) {
	witnesstest.FullTier(t)
	random := rand.New(rand.NewPCG(83, 84))
	request := sealedHouse(random, 1)
	bundle, _, _ := proveHouse(t, request, nil)
	keys := testKeys()
	batch, sum, top := keys.Batch.File(), keys.Layers[0].File(), keys.Top.File()
	honest, higher := batch.Record.Identity(), spot
	higher.Levels++
	batch.Record.Shape = higher.Encoded()
	if batch.Record.Identity() == honest {
		t.Fatal("the shape must be part of the identity")
	}
	names := Names{Batch: batch.Record.Identity(), Layers: [][32]byte{sum.Record.Identity()}, Top: top.Record.Identity()}
	_, err := bundle.Judge(names, [][]byte{batch.Encode(), sum.Encode(), top.Encode()}, request.Table, nil, verification.Expectation{})
	if err == nil || refusal.Of(err).Code != "BAD_SHAPE" {
		t.Fatalf("a lent shape must be refused; have %v", err)
	}
}

// A shape is the same in requests, records and file names.
func TestShouldReadTheShapesThatItEncodes(t *testing.T) {
	for _, shape := range []groth.Shape{spot, full, venues, House, Production} {
		value, document := canonical.Decode(canonical.Encode(shape.Encoded()), refusal.Key, "shape")
		if read := readShape(value); document.Fault() != nil || read != shape {
			t.Errorf("%v must be read as it was written; have %v, %v", shape, read, document.Fault())
		}
	}
	for _, shape := range []SumShape{layer, top} {
		value, document := canonical.Decode(canonical.Encode(shape.Encoded()), refusal.Key, "shape")
		if read := readSumShape(value, 0, depthMax); document.Fault() != nil || read != shape {
			t.Errorf("%v must be read as it was written; have %v, %v", shape, read, document.Fault())
		}
	}
}

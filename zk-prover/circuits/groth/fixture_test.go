package groth

import (
	"math/big"
	"os"
	"strconv"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/logger"
	"github.com/consensys/gnark/std/lookup/logderivlookup"

	"bulwark.io/circuits/plain/publicinput"
)

func init() {
	logger.Disable()
	solver.RegisterHint(arrival)
}

// lookUps is the toy circuit of these tests: a table of secret entries, of which some are looked up. The entries pass a hint, so that a
// test can hold a prover between the moment that its table is emptied and the moment that it is filled.
type lookUps struct {
	Seal      frontend.Variable `gnark:",public"`
	Challenge frontend.Variable `gnark:",public"`
	Scope     frontend.Variable `gnark:",public"`
	Nullifier frontend.Variable `gnark:",public"`
	Claim     frontend.Variable `gnark:",public"`

	Entries [lookUpEntries]frontend.Variable
	Index   frontend.Variable
}

const lookUpEntries = 4

func (c *lookUps) Define(api frontend.API) error {
	zero, err := api.NewHint(arrival, 1, c.Entries[0])
	if err != nil {
		return err
	}
	api.AssertIsEqual(zero[0], 0)
	table := logderivlookup.New(api)
	for _, entry := range c.Entries {
		table.Insert(api.Add(entry, zero[0]))
	}
	found := table.Lookup(c.Index)[0]
	api.AssertIsEqual(found, api.Mul(c.Claim, c.Seal))
	api.AssertIsEqual(api.Mul(c.Challenge, c.Scope), c.Nullifier)
	return nil
}

// arrivals is the meeting that provers inside the hint wait for, where a test has called one.
var arrivals struct {
	sync.Mutex
	meeting *meeting
}

func arrival(_ *big.Int, _, out []*big.Int) error {
	out[0].SetInt64(0)
	arrivals.Lock()
	called := arrivals.meeting
	arrivals.Unlock()
	if called != nil {
		called.join()
	}
	return nil
}

// toy is the shape of lookUps.
type toy struct{}

func (toy) Circuit() string         { return "toy" }
func (toy) String() string          { return strconv.Itoa(lookUpEntries) }
func (toy) Encoded() []any          { return []any{int64(lookUpEntries)} }
func (toy) Empty() frontend.Circuit { return new(lookUps) }

// toyAssignment fills lookUps with entries that follow from a seed.
func toyAssignment(seed int64) (*lookUps, [publicinput.Count]fr.Element) {
	circuit := &lookUps{Seal: seed, Challenge: 2, Scope: 3, Nullifier: 6, Claim: 12, Index: 2}
	for i := range circuit.Entries {
		circuit.Entries[i] = seed * int64(10+i)
	}
	var public [publicinput.Count]fr.Element
	for i, value := range []int64{seed, 2, 3, 6, 12} {
		public[i].SetInt64(value)
	}
	return circuit, public
}

// toyKey is the toy circuit's key, opened anew from files that are made once.
func toyKey(t *testing.T) *Key {
	t.Helper()
	key, err := Open(Wanted{Shape: toy{}, Directory: toyKeys()})
	if err != nil {
		t.Fatal(err)
	}
	return key
}

var toyKeys = sync.OnceValue(func() string {
	directory, err := os.MkdirTemp("", "keys")
	if err == nil {
		_, err = Setup(toy{}, directory)
	}
	if err != nil {
		panic(err)
	}
	return directory
})

func TestMain(m *testing.M) {
	code := m.Run()
	os.RemoveAll(toyKeys())
	os.Exit(code)
}

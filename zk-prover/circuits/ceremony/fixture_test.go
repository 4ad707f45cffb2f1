package ceremony

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"bulwark.io/circuits/internal/witnesstest"
)

// held is a whole ceremony that was held once: powers, toy's second phase, sealed, its keys, and small's second phase, not sealed.
type held struct{ root, powers, sealed, keys, open string }

var hold = sync.OnceValue(func() held {
	root, err := os.MkdirTemp("", "ceremony")
	if err != nil {
		panic(err)
	}
	heldAt = root
	h := held{root, filepath.Join(root, "powers"), filepath.Join(root, "sealed"), filepath.Join(root, "keys"), filepath.Join(root, "open")}
	must := func(_ []byte, err error) {
		if err != nil {
			panic(err)
		}
	}
	contribute := func(folder string) {
		for _, name := range contributors {
			must(Contribute(catalogue, requestSigned(folder, name, filepath.Join(root, name+".key"))))
		}
	}
	must(Init(catalogue, requestInitPowers(h.powers, powersDomain)))
	contribute(h.powers)
	must(Seal(catalogue, requestSeal(h.powers, beacon, source, "")))
	must(nil, os.Mkdir(h.keys, directoryMode))
	must(Init(catalogue, requestInitCircuit(h.sealed, toy, h.powers)))
	contribute(h.sealed)
	must(Seal(catalogue, requestSeal(h.sealed, beacon, source, h.keys)))
	must(Init(catalogue, requestInitCircuit(h.open, small, h.powers)))
	contribute(h.open)
	return h
})

// heldAt is where the ceremony lies, empty while none was held.
var heldAt string

// ofThree is the ceremony of the full tier.
func ofThree(t *testing.T) held {
	t.Helper()
	witnesstest.FullTier(t)
	return hold()
}

func TestMain(m *testing.M) {
	code := m.Run()
	if heldAt != "" {
		os.RemoveAll(heldAt)
	}
	os.Exit(code)
}

package vectors

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/verification"
)

// laundering: keys and lists that are not what they are shown as.
func (w workshop) laundering(real, test builtHouse, unsafe verification.KeyRecord) {
	p := every[0]
	honest := w.record("account", directShape, verification.Ceremony([32]byte{1}, [32]byte{2}, 4, 3))
	honestIdentity, unsafeIdentity := honest.Identity(), unsafe.Identity()
	shown := func(name string, key [32]byte, house builtHouse) {
		w.prove(name, key, house.epochs[2].Digest(), halfOf("bulwark-challenge", asked.Challenge), halfOf("bulwark-scope", asked.Scope), publicinput.Signed(77), elementOf(p.says))
	}
	compiled := unsafe.Compiled()
	base := func(house builtHouse) expected {
		e := w.whole(p, house, nil)
		e.Compiled = []string{hex.EncodeToString(compiled[:])}
		return e
	}
	shown("test", unsafeIdentity, test)
	tested := base(test)
	w.add("test keys without --test", "test", []string{"unsafe"}, "test", tested)
	tested.Test = true
	w.add("test keys with --test", "test", []string{"unsafe"}, "test", tested)
	unpinned := tested
	unpinned.House = ""
	w.add("test keys of a house that is not pinned", "test", []string{"unsafe"}, "test", unpinned)
	forCeremony := base(real)
	forCeremony.Test = true
	w.add("--test for a house of ceremonies", p.name, []string{keyName(p)}, "ceremony", forCeremony)

	// Records with another content are other keys, which no list has.
	for _, c := range []struct {
		name   string
		change func(*verification.KeyRecord)
	}{
		{"origin", func(r *verification.KeyRecord) { r.Origin = verification.Ceremony([32]byte{1}, [32]byte{2}, 9, 9) }},
		{"shape", func(r *verification.KeyRecord) { r.Shape = sealedShape }},
		{"structure", func(r *verification.KeyRecord) { r.Structure = make([]byte, 32) }},
		{"system", func(r *verification.KeyRecord) { r.System[0] ^= 1 }},
	} {
		name, change := c.name, c.change
		record := unsafe
		change(&record)
		w.keyFile("another "+name, record)
		w.add("record with another "+name+" for the key that the proof names", "test", []string{"another " + name}, "test", tested)
		shown("another "+name, record.Identity(), test)
		washed := tested
		if name != "system" && name != "shape" {
			washed.Compiled = tested.Compiled
		}
		w.add("record with another "+name+", named by the proof", "another "+name, []string{"another " + name}, "test", washed)
	}
	w.out.Keys["bare"] = hex.EncodeToString(w.key.VerifyingKey())
	w.add("656 bare bytes", "test", []string{"bare"}, "test", tested)
	swapped := unsafe
	swapped.Vk[0] ^= 1
	w.keyFile("another vk", swapped)
	shown("another vk", swapped.Identity(), test)
	w.add("record of another vk", "another vk", []string{"another vk"}, "test", tested)
	for signed := int64(0); signed < 3; signed++ {
		name := fmt.Sprintf("ceremony of %d signed", signed)
		record := w.record("account", directShape, verification.Ceremony([32]byte{1}, [32]byte{2}, 4, signed))
		identity := w.keyFile(name, record)
		house := real
		house.list = append(slices.Clone(real.list), []any{identity[:], int64(1), int64(0)})
		w.out.Houses[name] = house.text()
		shown(name, identity, real)
		w.add("key of a "+name+" for a house of ceremonies", name, []string{name}, name, base(real))
	}
	ofTest := test
	ofTest.list = [][]any{{honestIdentity[:], int64(1), int64(0)}}
	w.out.Houses["test house with a ceremony's key"] = ofTest.text()
	shown("ceremony in test", honestIdentity, test)
	w.add("test house with a ceremony's key, without --test", "ceremony in test", []string{keyName(p)}, "test house with a ceremony's key", base(test))
	unsafeReal := real
	unsafeReal.list = [][]any{{unsafeIdentity[:], int64(1), int64(0)}}
	w.out.Houses["house of ceremonies with an unsafe key"] = unsafeReal.text()
	shown("unsafe in ceremony", unsafeIdentity, real)
	w.add("house of ceremonies with an unsafe key", "unsafe in ceremony", []string{"unsafe"}, "house of ceremonies with an unsafe key", base(real))

	// Lists.
	lists := func(name string, change func(*builtHouse)) {
		house := real
		house.list = slices.Clone(real.list)
		change(&house)
		w.out.Houses[name] = house.text()
		w.add("list: "+name, p.name, []string{keyName(p)}, name, base(real))
	}
	entry := slices.IndexFunc(real.list, func(e []any) bool { return bytes.Equal(e[0].([]byte), honestIdentity[:]) })
	lists("from a later epoch", func(h *builtHouse) { h.list[entry] = []any{honestIdentity[:], int64(4), int64(0)} })
	lists("until an earlier epoch", func(h *builtHouse) { h.list[entry] = []any{honestIdentity[:], int64(1), int64(2)} })
	lists("until this epoch", func(h *builtHouse) { h.list[entry] = []any{honestIdentity[:], int64(1), int64(3)} })
	lists("without the key", func(h *builtHouse) { h.list = slices.Delete(h.list, entry, entry+1) })
	lists("no list", func(h *builtHouse) { h.list = nil })
	lists("one signature short", func(h *builtHouse) { h.signers = quorum - 1 })
	older := base(real)
	older.LeastList = 2
	w.add("list: older than one that was seen", p.name, []string{keyName(p)}, "ceremony", older)
	files := func(name string, change func(map[string]any)) {
		file := real.file()
		change(file)
		w.out.Houses[name] = string(must(json.Marshal(file)))
		w.add("house file: "+name, p.name, []string{keyName(p)}, name, base(real))
	}
	files("list of another house", func(f map[string]any) {
		other := newHouse("another", []any{"ceremony", int64(3)})
		other.list = real.list
		f["statements"] = other.file()["statements"]
	})
	files("list without signatures", func(f map[string]any) { f["statements"].([]any)[0].(map[string]any)["signatures"] = []any{} })
	files("two lists of one number", func(f map[string]any) {
		other := real
		other.previous = 1
		f["statements"] = append(f["statements"].([]any), other.file()["statements"].([]any)...)
	})
	files("two epochs of one number", func(f map[string]any) {
		other := real
		other.epochs = slices.Clone(real.epochs[2:])
		other.times = real.times[2:]
		other.epochs[0].AccountRoot = publicinput.Signed(9)
		f["epochs"] = append(f["epochs"].([]any), other.file()["epochs"].([]any)...)
	})
	files("epoch with another time", func(f map[string]any) { f["epochs"].([]any)[2].(map[string]any)["time"] = noon })
	files("epoch with another root", func(f map[string]any) {
		f["epochs"].([]any)[2].(map[string]any)["epoch"].(map[string]any)["marginRoot"] = text(publicinput.Signed(1))
	})
	files("one signer twice", func(f map[string]any) {
		signatures := f["epochs"].([]any)[2].(map[string]any)["signatures"].([]any)
		signatures[1] = signatures[0]
	})
	files("a name twice", func(map[string]any) {})
	w.out.Houses["a name twice"] = `{"format":"bulwark-house",` + real.text()[1:]

	// Ages.
	stale := base(real)
	stale.Now = noon + 48*hour
	w.add("newest epoch too old", p.name, []string{keyName(p)}, "ceremony", stale)
	stale.Now, stale.Stated = noon, true
	w.add("recorded house on its date", p.name, []string{keyName(p)}, "ceremony", stale)
	unnamed := base(real)
	unnamed.Oldest = 0
	w.add("newest epoch, no oldest named", p.name, []string{keyName(p)}, "ceremony", unnamed)
	w.prove("earlier", honestIdentity, real.epochs[1].Digest(), halfOf("bulwark-challenge", asked.Challenge), halfOf("bulwark-scope", asked.Scope), publicinput.Signed(77), elementOf(p.says))
	w.add("earlier epoch, no oldest named", "earlier", []string{keyName(p)}, "ceremony", unnamed)
	w.add("earlier epoch", "earlier", []string{keyName(p)}, "ceremony", base(real))
	w.prove("no epoch", honestIdentity, publicinput.Signed(5), halfOf("bulwark-challenge", asked.Challenge), halfOf("bulwark-scope", asked.Scope), publicinput.Signed(77), elementOf(p.says))
	w.add("seal of no epoch", "no epoch", []string{keyName(p)}, "ceremony", base(real))
	w.add("no key at all", p.name, nil, "ceremony", base(real))
	rehearsed := w.record("rehearsal", []any{int64(900)}, verification.Ceremony([32]byte{1}, [32]byte{2}, 4, 4))
	identity := w.keyFile("rehearsal", rehearsed)
	listing := real
	listing.list = append(slices.Clone(real.list), []any{identity[:], int64(1), int64(0)})
	w.out.Houses["list that names a rehearsal"] = listing.text()
	shown("rehearsal", identity, real)
	w.add("rehearsal under a list that names it", "rehearsal", []string{"rehearsal"}, "list that names a rehearsal", base(real))
	changed := must(json.Marshal(w.changedProof(p.name)))
	w.out.Proofs["changed"] = string(changed)
	w.add("proof with a changed byte", "changed", []string{keyName(p)}, "ceremony", base(real))
}

// changedProof is a proof whose nullifier is another than the one that was proved.
func (w workshop) changedProof(name string) map[string]any {
	var file map[string]any
	if err := json.Unmarshal([]byte(w.out.Proofs[name]), &file); err != nil {
		panic(err)
	}
	file["publicInputs"].(map[string]any)["nullifier"] = text(publicinput.Signed(78))
	return file
}

// statements: proofs that hold, of statements that no circuit of their key shows.
func (w workshop) statements(house builtHouse) {
	challenge, scope := halfOf("bulwark-challenge", asked.Challenge), halfOf("bulwark-scope", asked.Scope)
	seal, one := house.epochs[2].Digest(), publicinput.Signed(1)
	var none fr.Element
	raw := func(base saying, more fr.Element) fr.Element {
		element := elementOf(base)
		element.Add(&element, &more)
		return element
	}
	shifted := func(bits uint64) (element fr.Element) {
		element.SetUint64(1)
		for range bits {
			element.Double(&element)
		}
		return element
	}
	for _, c := range []struct {
		name                                   string
		of                                     int
		challenge, scope, nullifier, statement fr.Element
	}{
		{"fund as an account's claim of tag 2", 10, none, none, none, publicinput.Signed(2)},
		{"rehearsal's 0 under an account key", 0, challenge, scope, one, none},
		{"tag 5 without a tariff", 0, challenge, scope, one, elementOf(saying{Tag: 5, Choice: 0, Standing: false, Amount: 1, Name: 0})},
		{"tag 1 in a tariff's shape", 5, challenge, scope, one, elementOf(saying{Tag: 1, Choice: 0, Standing: false, Amount: 1, Name: 0})},
		{"bit 79", 0, challenge, scope, one, raw(every[0].says, shifted(79))},
		{"name above 2³²", 0, challenge, scope, one, elementOf(saying{Tag: 1, Choice: 0, Standing: false, Amount: 1, Name: 1<<32 + 1})},
		{"bit 113", 0, challenge, scope, one, raw(every[0].says, shifted(113))},
		{"candidate 3", 0, challenge, scope, one, elementOf(saying{Tag: 1, Choice: 3, Standing: false, Amount: 1, Name: 0})},
		{"candidate 1 of an initial margin", 2, challenge, scope, one, elementOf(saying{Tag: 3, Choice: 1, Standing: false, Amount: 1, Name: 0})},
		{"standing by the house", 3, challenge, scope, none, elementOf(saying{Tag: 3, Choice: 0, Standing: true, Amount: 42, Name: 8})},
		{"initial margin by the house without a name", 3, challenge, scope, none, elementOf(saying{Tag: 3, Choice: 0, Standing: false, Amount: 42, Name: 0})},
		{"call with an amount", 4, challenge, scope, none, elementOf(saying{Tag: 4, Choice: 0, Standing: false, Amount: 1, Name: 8})},
		{"call with a nullifier", 4, challenge, scope, one, elementOf(saying{Tag: 4, Choice: 0, Standing: false, Amount: 0, Name: 8})},
		{"call standing", 4, challenge, scope, none, elementOf(saying{Tag: 4, Choice: 0, Standing: true, Amount: 0, Name: 8})},
		{"margin with a challenge", 6, challenge, none, none, elementOf(saying{Tag: 6, Choice: 0, Standing: false, Amount: 0, Name: 8})},
		{"margin without a name", 6, none, none, none, elementOf(saying{Tag: 6, Choice: 0, Standing: false, Amount: 0, Name: 0})},
		{"batch with an index of 2²⁸", 7, none, none, one, elementOf(saying{Tag: 16, Choice: 2, Standing: false, Amount: 1 << 28, Name: 0})},
		{"batch with a challenge", 7, challenge, none, one, elementOf(every[7].says)},
		{"sum with a name", 8, none, none, one, elementOf(saying{Tag: 17, Choice: 4, Standing: false, Amount: 0, Name: 1})},
		{"top with a choice", 9, none, none, one, elementOf(saying{Tag: 18, Choice: 1, Standing: false, Amount: 9, Name: 64})},
		{"fund for one member", 10, none, none, none, elementOf(saying{Tag: 19, Choice: 1, Standing: false, Amount: 1, Name: 16})},
		{"fund with a nullifier", 10, none, none, one, elementOf(every[10].says)},
		{"contagion with an amount", 11, none, none, one, elementOf(saying{Tag: 20, Choice: 3, Standing: false, Amount: 1, Name: 27})},
	} {
		p := every[c.of]
		file := must(verification.ParseKeyFile(unhex(w.out.Keys[keyName(p)])))
		w.prove(c.name, file.Record.Identity(), seal, c.challenge, c.scope, c.nullifier, c.statement)
		w.add("statement: "+c.name, c.name, []string{keyName(p)}, "ceremony", w.whole(p, house, nil))
	}
	compact := w.record("account", compactShape, verification.Ceremony([32]byte{1}, [32]byte{2}, 4, 3))
	identity := w.keyFile("compact", compact)
	w.prove("margin in the small key", identity, seal, none, none, none, elementOf(every[6].says))
	w.add("statement: margin in the small key", "margin in the small key", []string{"compact"}, "ceremony", expected{})
}

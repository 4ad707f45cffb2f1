package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// running is how mutants are run.
type running struct {
	workers    int
	skip, only string
	limit      time.Duration
}

// verdict is what the tests say of one mutant.
type verdict struct {
	noticed      string // the first test that failed
	reached, ran bool
}

// noSite removes nothing.
const noSite = -1

var failed = regexp.MustCompile(`(?m)^\s*--- FAIL: (\S+)`)

// all runs every mutant of a folder and prints what survives.
func (r running) all(folder string) error {
	encoded, err := os.ReadFile(filepath.Join(folder, sitesFile))
	if err != nil {
		return err
	}
	var sites []site
	if err := json.Unmarshal(encoded, &sites); err != nil {
		return err
	}
	folder, err = filepath.Abs(folder)
	if err != nil {
		return err
	}
	begin := time.Now()
	if honest, err := r.one(folder, noSite); err != nil || honest.noticed != "" {
		return fmt.Errorf("with nothing removed the tests must pass; %s failed (%w)", honest.noticed, errors.Join(err))
	}
	fmt.Printf("%d statements; with none removed the tests take %s\n", len(sites), time.Since(begin).Round(time.Second))
	verdicts, waiting, places := make([]verdict, len(sites)), sync.WaitGroup{}, make(chan struct{}, max(1, r.workers))
	var mutex sync.Mutex
	var faults error
	for i := range sites {
		if !strings.Contains(sites[i].Where, r.only) {
			continue
		}
		places <- struct{}{}
		waiting.Go(func() {
			defer func() { <-places }()
			found, err := r.one(folder, i)
			mutex.Lock()
			defer mutex.Unlock()
			faults = errors.Join(faults, err)
			verdicts[i] = found
			fmt.Printf("%4d %-28s %s\n", i, sites[i].Where, found.word())
		})
	}
	waiting.Wait()
	if faults != nil {
		return faults
	}
	report(sites, verdicts)
	return nil
}

func (v verdict) word() string {
	switch {
	case v.noticed != "":
		return "noticed by " + v.noticed
	case v.reached:
		return "SURVIVES"
	default:
		return "not reached"
	}
}

func report(sites []site, verdicts []verdict) {
	noticed, survivors, unreached := 0, 0, 0
	fmt.Println("\nsurvivors:")
	for i, found := range verdicts {
		switch {
		case !found.ran:
		case found.noticed != "":
			noticed++
		case found.reached:
			survivors++
			fmt.Printf("  %s  %s\n", sites[i].Where, sites[i].Source)
		default:
			unreached++
		}
	}
	fmt.Printf("%d survive, %d are noticed, %d are not reached\n", survivors, noticed, unreached)
}

// one runs the tests with one statement removed. A run that ends in a panic, or not in time, is a notice too.
func (r running) one(folder string, number int) (verdict, error) {
	scratch, err := os.MkdirTemp("", "mutant")
	if err != nil {
		return verdict{}, err
	}
	defer os.RemoveAll(scratch)
	reached := filepath.Join(scratch, "reached")
	limited, cancel := context.WithTimeout(context.Background(), r.limit)
	defer cancel()
	command := exec.CommandContext(limited, filepath.Join(folder, binaryFile), "-test.failfast", "-test.skip", r.skip, "-test.timeout", "0")
	command.Dir = folder
	command.Env = append(os.Environ(), "GOMAXPROCS=1", "TMPDIR="+scratch, "MUTATE_SITE="+strconv.Itoa(number), "MUTATE_REACHED="+reached)
	output, err := command.CombinedOutput()
	_, missing := os.Stat(reached)
	found := verdict{reached: missing == nil, ran: true}
	var exit *exec.ExitError
	switch match := failed.FindSubmatch(output); {
	case err == nil:
	case !errors.As(err, &exit):
		return found, err
	case match != nil:
		found.noticed = string(match[1])
	case limited.Err() != nil:
		found.noticed = "the time limit"
	default:
		found.noticed = "a panic"
	}
	return found, nil
}

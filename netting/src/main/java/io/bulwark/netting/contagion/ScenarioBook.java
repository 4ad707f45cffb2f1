package io.bulwark.netting.contagion;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.PpmSum;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** All accounts of a system in one scenario, those of one owner side by side. */
public final class ScenarioBook {
    /**
     * Accounts that may stand behind each other.
     *
     * @param accounts by place in the system
     * @param rows the same accounts in this scenario
     * @param merged the owner as one account; empty for an account alone
     */
    private record Owner(List<Integer> accounts, List<ScenarioAccount> rows, Optional<ScenarioAccount> merged) {}

    private final ContagionSystem system;
    private final int scenario;
    private final List<Owner> owners;
    private final List<ScenarioAccount> rows;

    public ScenarioBook(ContagionSystem system, int scenario) {
        this(
                system,
                scenario,
                system.accounts().stream()
                        .map(account -> ScenarioAccount.of(system, scenario, account))
                        .toList());
    }

    private ScenarioBook(ContagionSystem system, int scenario, List<ScenarioAccount> rows) {
        this.system = system;
        this.scenario = scenario;
        this.rows = rows;
        this.owners = owners();
    }

    /** Of every scenario of a system. */
    static List<ScenarioBook> inEvery(ContagionSystem system) {
        List<List<ScenarioAccount>> rows = system.accounts().stream()
                .map(account -> ScenarioAccount.inEvery(system, account))
                .toList();
        return IntStream.range(0, system.scenarios().size())
                .mapToObj(s -> new ScenarioBook(
                        system, s, rows.stream().map(row -> row.get(s)).toList()))
                .toList();
    }

    private List<Owner> owners() {
        Map<String, List<Integer>> known = new LinkedHashMap<>();
        List<List<Integer>> alone = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Optional<String> owner = system.accounts().get(i).owner();
            if (owner.isPresent()) {
                known.computeIfAbsent(owner.get(), name -> new ArrayList<>()).add(i);
            } else {
                alone.add(List.of(i));
            }
        }
        alone.addAll(known.values());
        return alone.stream().map(this::owner).toList();
    }

    private Owner owner(List<Integer> accounts) {
        Optional<ScenarioAccount> merged = accounts.size() < 2
                ? Optional.empty()
                : Optional.of(ScenarioAccount.merged(
                        system,
                        scenario,
                        accounts.stream().map(system.accounts()::get).toList()));
        return new Owner(accounts, accounts.stream().map(rows::get).toList(), merged);
    }

    /** An account in this scenario. */
    public ScenarioAccount row(int account) {
        return rows.get(account);
    }

    public int ownerCount() {
        return owners.size();
    }

    /**
     * Adds what the owners from {@code first} to {@code end} are forced to sell and buy. Integer sums commute: ranges may be added in any order, into flows of their own.
     *
     * @param haircut share of first-order gains that is cut, ppm
     * @param flows by component, sales and then purchases
     */
    public void add(ContagionVector vector, int haircut, long[] flows, int first, int end) {
        for (Owner owner : owners.subList(first, end)) {
            if (owner.merged().isEmpty()) {
                sell(owner.rows().getFirst(), vector, cut(owner.rows().getFirst(), haircut), flows);
            } else {
                long[] apart = new long[flows.length];
                long[] together = new long[flows.length];
                long cuts = 0;
                for (ScenarioAccount row : owner.rows()) {
                    long cut = cut(row, haircut);
                    sell(row, vector, cut, apart);
                    cuts += cut;
                }
                sell(owner.merged().get(), vector, cuts, together);
                for (int i = 0; i < flows.length; i++) {
                    flows[i] += Math.max(apart[i], together[i]);
                }
            }
        }
    }

    /** Adds what the owners of some accounts are forced to sell and buy. */
    void addOwnersOf(int[] accounts, ContagionVector vector, long[] flows) {
        for (int o = 0; o < owners.size(); o++) {
            List<Integer> own = owners.get(o).accounts();
            if (IntStream.of(accounts).anyMatch(own::contains)) {
                add(vector, 0, flows, o, o + 1);
            }
        }
    }

    private static void sell(ScenarioAccount row, ContagionVector vector, long cut, long[] flows) {
        long[] forced = row.forced(vector, cut);
        int[] component = row.component();
        for (int i = 0; i < forced.length; i++) {
            flows[component[i]] += forced[i];
        }
    }

    /** What of the account's first-order gain is cut, rounded up. */
    static long cut(ScenarioAccount row, int haircut) {
        return Ppm.shareUp(Math.max(0, row.gain()), haircut);
    }

    /** Flows of the hedgers, in the direction of the scenario's move and of the cascade's own. */
    void addHedgers(ContagionVector vector, long[] flows) {
        int groups = system.groups().size();
        for (int k = 0; k < groups; k++) {
            long gamma = system.groups().get(k).hedgerGammaMicro();
            long move = system.scenarios().get(scenario).returnPpm().at(k);
            PpmSum sale = new PpmSum();
            sale.add(gamma, Math.max(0, -move) + vector.down(k));
            flows[k] = Math.addExact(flows[k], sale.up());
            PpmSum purchase = new PpmSum();
            purchase.add(gamma, Math.max(0, move) + vector.up(k));
            flows[groups + k] = Math.addExact(flows[groups + k], purchase.up());
        }
    }

    /** g of every account by itself, ppm. */
    List<Integer> liquidated(ContagionVector vector, int haircut) {
        return IntStream.range(0, rows.size())
                .mapToObj(i -> rows.get(i).liquidated(vector, cut(rows.get(i), haircut)))
                .toList();
    }
}

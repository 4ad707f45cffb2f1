package io.bulwark.clearing.instrument;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Everything listed at one moment, each kind sorted by its permanent number. Numbers and names are unique within a kind.
 *
 * @param venues the venues
 * @param groups the risk groups
 * @param assets the assets
 * @param instruments the instruments
 */
public record Listing(
        List<ListedVenue> venues,
        List<RiskGroup> groups,
        List<ListedAsset> assets,
        List<ListedInstrument> instruments) {
    /** Checks order, uniqueness and that every named group and venue is listed. */
    public Listing {
        venues = sorted("venues", venues, ListedVenue::number, ListedVenue::name);
        groups = sorted("groups", groups, RiskGroup::number, RiskGroup::name);
        assets = sorted("assets", assets, ListedAsset::number, ListedAsset::name);
        instruments = sorted("instruments", instruments, ListedInstrument::number, ListedInstrument::name);
        for (ListedAsset asset : assets) {
            requireListed("group of asset " + asset.name(), find(groups, RiskGroup::number, asset.group()));
        }
        for (ListedInstrument instrument : instruments) {
            requireListed("group of " + instrument.name(), find(groups, RiskGroup::number, instrument.group()));
            requireListed("venue of " + instrument.name(), find(venues, ListedVenue::number, instrument.venue()));
        }
    }

    /** The venue of a number. */
    public ListedVenue venue(int number) {
        return found("venue", number, find(venues, ListedVenue::number, number));
    }

    /** The group of a number. */
    public RiskGroup group(int number) {
        return found("group", number, find(groups, RiskGroup::number, number));
    }

    /** The asset of a number. */
    public ListedAsset asset(int number) {
        return found("asset", number, find(assets, ListedAsset::number, number));
    }

    /** The instrument of a number. */
    public ListedInstrument instrument(int number) {
        return found("instrument", number, find(instruments, ListedInstrument::number, number));
    }

    /** The group of a name. */
    public Optional<RiskGroup> groupNamed(String name) {
        return groups.stream().filter(g -> g.name().equals(name)).findFirst();
    }

    /** The asset of a name. */
    public Optional<ListedAsset> assetNamed(String name) {
        return assets.stream().filter(a -> a.name().equals(name)).findFirst();
    }

    /** The instrument that a venue calls by a symbol. */
    public Optional<ListedInstrument> instrumentAt(int venue, String symbol) {
        return instruments.stream()
                .filter(i -> i.venue() == venue && i.symbol().equals(symbol))
                .findFirst();
    }

    private static <T> List<T> sorted(
            String field, List<T> entries, ToIntFunction<T> number, Function<T, String> name) {
        Map<String, T> byName = new HashMap<>();
        int last = -1;
        for (T entry : entries) {
            if (number.applyAsInt(entry) <= last) {
                throw new IllegalArgumentException(field + " must have strictly increasing numbers; have "
                        + number.applyAsInt(entry) + " after " + last);
            }
            last = number.applyAsInt(entry);
            if (byName.put(name.apply(entry), entry) != null) {
                throw new IllegalArgumentException(field + " must have unique names; have twice " + name.apply(entry));
            }
        }
        return List.copyOf(entries);
    }

    private static <T> Optional<T> find(List<T> sorted, ToIntFunction<T> number, int wanted) {
        int low = 0;
        int high = sorted.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int at = number.applyAsInt(sorted.get(middle));
            if (at == wanted) {
                return Optional.of(sorted.get(middle));
            }
            if (at < wanted) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    private static <T> T found(String kind, int number, Optional<T> entry) {
        return entry.orElseThrow(() -> new IllegalArgumentException(kind + " " + number + " is not listed"));
    }

    private static void requireListed(String what, Optional<?> entry) {
        if (entry.isEmpty()) {
            throw new IllegalArgumentException(what + " is not listed");
        }
    }
}

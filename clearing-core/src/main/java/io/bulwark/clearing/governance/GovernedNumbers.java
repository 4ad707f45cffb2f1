package io.bulwark.clearing.governance;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What all rooms of the program declare together. */
public final class GovernedNumbers {
    private final List<GovernedRoom> rooms;

    /** The numbers of some rooms. */
    public GovernedNumbers(List<GovernedRoom> rooms) {
        this.rooms = List.copyOf(rooms);
    }

    /** The numbers of every room on the class path. */
    public static GovernedNumbers ofAllRooms() {
        return new GovernedNumbers(ServiceLoader.load(GovernedRoom.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /**
     * The governed number of a name.
     *
     * @param name as a founding file or a decision of governance writes it
     * @param listed whether something is listed under a name, for numbers of which everything listed has one
     */
    public Optional<Parameter> find(String name, Predicate<String> listed) {
        return rooms.stream()
                .flatMap(room -> room.parameters().stream())
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .or(() -> rooms.stream()
                        .flatMap(room -> room.perName().stream())
                        .flatMap(family -> member(family, name, listed).stream())
                        .findFirst());
    }

    /**
     * Every governed number, of families the member of one name.
     *
     * @param name something that is listed
     */
    public List<Parameter> all(String name) {
        return rooms.stream()
                .flatMap(room -> Stream.concat(
                        room.parameters().stream(), room.perName().stream().map(family -> family.apply(name))))
                .toList();
    }

    /**
     * A set that says of itself what it means: every number with a name of its own is named, at its initial value where the set named
     * none. So what is sealed is read alike by a program whose numbers start elsewhere.
     */
    public ParameterSet named(ParameterSet set) {
        SortedMap<String, Long> all = new TreeMap<>(set.values());
        rooms.forEach(room -> room.parameters().forEach(parameter -> all.put(parameter.name(), set.value(parameter))));
        return new ParameterSet(set.version(), all);
    }

    private static Optional<Parameter> member(
            Function<String, Parameter> family, String name, Predicate<String> listed) {
        String beginning = family.apply("").name();
        return Optional.of(name)
                .filter(n -> n.startsWith(beginning))
                .map(n -> n.substring(beginning.length()))
                .filter(listed)
                .map(family);
    }
}

package io.bulwark.architecture;

import java.util.List;
import java.util.stream.Stream;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;

/** What a description of the API takes from who built on another. */
final class BrokenPromises {
    private BrokenPromises() {}

    /** A line for each route that is gone or no longer takes or gives what it did; empty where nothing is taken. */
    static List<String> of(String promised, String made) {
        ChangedOpenApi change = OpenApiCompare.fromContents(promised, made);
        return Stream.concat(
                        change.getMissingEndpoints().stream()
                                .map(gone -> gone.getMethod() + " " + gone.getPathUrl() + " is gone"),
                        change.getChangedOperations().stream()
                                .filter(other -> !other.isCompatible())
                                .map(other -> other.getHttpMethod() + " " + other.getPathUrl()
                                        + " no longer takes or gives what it did"))
                .sorted()
                .toList();
    }
}

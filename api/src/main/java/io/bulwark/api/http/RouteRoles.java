package io.bulwark.api.http;

import io.bulwark.api.door.OpenTo;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.micronaut.core.annotation.AnnotationMetadataProvider;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Whose a route is, as its method says. */
final class RouteRoles {
    private RouteRoles() {}

    /** The roles to which a route is open; the operator's alone where it says nothing. */
    static Set<Role> of(AnnotationMetadataProvider route) {
        if (!route.getAnnotationMetadata().hasAnnotation(OpenTo.class)) {
            return EnumSet.of(Role.OPERATOR);
        }
        if (route.getAnnotationMetadata()
                .booleanValue(OpenTo.class, "byAccount")
                .orElse(false)) {
            return EnumSet.complementOf(EnumSet.of(Role.PUBLIC));
        }
        Set<Role> said = EnumSet.noneOf(Role.class);
        said.addAll(List.of(route.getAnnotationMetadata().enumValues(OpenTo.class, Role.class)));
        return said;
    }
}

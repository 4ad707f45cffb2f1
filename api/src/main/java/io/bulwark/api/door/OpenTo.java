package io.bulwark.api.door;

import io.bulwark.clearing.access.AccessRegister.Role;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Who may use a route. A route that does not say is the operator's alone. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OpenTo {
    /** As what one must come, one of these; {@link Role#PUBLIC}: anybody. */
    Role[] value() default {};

    /** Open to every role but the public: which account is shown, or whose, decides {@link Caller} account by account. */
    boolean byAccount() default false;
}

package io.bulwark.clearing.event;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Real things that die at a chosen call: at the n-th call, before or after it takes effect, everything behind this proxy fails from then on, as when the process is
 * killed there. Only what the other side does by itself after a kill still works: rollback and close.
 */
public final class FailingProxy {
    private static final Set<String> DONE_BY_THE_OTHER_SIDE = Set.of("rollback", "close");

    /** What stands for the end of the process. */
    public static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Killed(Method at) {
            super("killed at " + at.getName());
        }
    }

    private final boolean afterTheCall;
    private long left;

    /**
     * Dies at a call.
     *
     * @param call which, from 1; Long.MAX_VALUE for never
     * @param afterTheCall whether the call still takes effect
     */
    public FailingProxy(long call, boolean afterTheCall) {
        this.left = call;
        this.afterTheCall = afterTheCall;
    }

    /** Whether it has died. */
    public boolean isDead() {
        return left <= 0;
    }

    /** A data source whose connections and statements count and die. */
    public DataSource wrap(DataSource source) {
        return wrap(DataSource.class, source);
    }

    /** Anything behind an interface. */
    public <T> T wrap(Class<T> type, Object real) {
        return type.cast(Proxy.newProxyInstance(
                FailingProxy.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> DONE_BY_THE_OTHER_SIDE.contains(method.getName())
                        ? call(method, real, arguments)
                        : counted(method, real, arguments)));
    }

    private @Nullable Object counted(Method method, Object real, Object @Nullable [] arguments) throws Throwable {
        boolean wasDead = isDead();
        left--;
        if (wasDead || (isDead() && !afterTheCall)) {
            throw new Killed(method);
        }
        Object result = call(method, real, arguments);
        if (isDead()) {
            throw new Killed(method);
        }
        return switch (result) {
            case Connection connection -> wrap(Connection.class, connection);
            case PreparedStatement statement -> wrap(PreparedStatement.class, statement);
            case null, default -> result;
        };
    }

    private static @Nullable Object call(Method method, Object real, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}

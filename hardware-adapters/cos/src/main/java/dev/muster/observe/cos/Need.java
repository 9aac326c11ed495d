package dev.muster.observe.cos;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import java.util.Set;
import org.springframework.http.HttpMethod;

/**
 * What a token must allow for a method of a route. Agents on devices have {@link Permission#DEVICES_ENROL}, which
 * covers all that they do: single things, never lists, and no word on certificates.
 */
enum Need {
    NOTHING {
        @Override
        boolean isMetBy(Caller caller) {
            return true;
        }
    },
    READ_ONE {
        @Override
        boolean isMetBy(Caller caller) {
            return caller.may(Permission.OBSERVE_READ) || caller.may(Permission.DEVICES_ENROL);
        }
    },
    READ_ALL {
        @Override
        boolean isMetBy(Caller caller) {
            return caller.may(Permission.OBSERVE_READ);
        }
    },
    ENROL {
        @Override
        boolean isMetBy(Caller caller) {
            return caller.may(Permission.DEVICES_ENROL)
                    || caller.may(Permission.DEVICES_WRITE) && caller.may(Permission.OBSERVE_WRITE);
        }
    },
    WRITE_DOCUMENT {
        @Override
        boolean isMetBy(Caller caller) {
            return caller.may(Permission.DEVICES_ENROL) || caller.may(Permission.OBSERVE_WRITE);
        }
    },
    SIGN {
        @Override
        boolean isMetBy(Caller caller) {
            return caller.may(Permission.OBSERVE_WRITE);
        }
    };

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    abstract boolean isMetBy(Caller caller);

    static Need of(Target target, HttpMethod method) {
        boolean reads = READING.contains(method);
        return switch (target) {
            case HEALTH, SCHEMA, DOCS, ADMIN, SIGN_IN -> NOTHING;
            case DEVICES -> reads ? READ_ALL : ENROL;
            case DEVICE -> reads ? READ_ONE : ENROL;
            case DOCUMENTS -> reads ? READ_ALL : WRITE_DOCUMENT;
            case DOCUMENT -> reads ? READ_ONE : WRITE_DOCUMENT;
            case CERTIFICATE -> reads ? READ_ONE : method.equals(HttpMethod.PATCH) ? SIGN : ENROL;
            case DEVICES_PAGE, DEVICE_PAGE -> READ_ALL;
        };
    }
}

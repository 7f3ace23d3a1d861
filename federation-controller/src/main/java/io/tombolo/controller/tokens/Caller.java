package io.tombolo.controller.tokens;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;

/**
 * Who calls the API.
 * @param name      for the audit
 * @param namespace of an owner; empty otherwise
 */
public record Caller(String name, AccessRole role, String namespace) {
    /** @throws TomboloException FORBIDDEN unless an operator */
    public void mustOperate(String action) {
        require(role == AccessRole.OPERATOR, action, "an operator");
    }

    /** @throws TomboloException FORBIDDEN unless an operator, or the owner of {@code wanted} */
    public void mustOwn(String wanted, String action) {
        boolean owns = role == AccessRole.OWNER && namespace.equals(wanted);
        require(owns || role == AccessRole.OPERATOR, action, "an operator or the owner of namespace " + wanted);
    }

    private void require(boolean holds, String action, String who) {
        if (!holds) {
            String as = role == AccessRole.OWNER ? "owner of " + namespace : role.text();
            throw new TomboloException(
                    Fault.FORBIDDEN,
                    action,
                    "'" + name + "' is " + as,
                    "ask " + who + ", or use a context with that role");
        }
    }
}

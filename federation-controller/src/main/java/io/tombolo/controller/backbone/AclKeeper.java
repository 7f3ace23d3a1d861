package io.tombolo.controller.backbone;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePatternFilter;

/** ACLs: written and taken back, and seen to be so by the broker that was asked. */
final class AclKeeper {
    private final Admin admin;
    private final Asking asking;

    AclKeeper(Admin admin, Asking asking) {
        this.admin = admin;
        this.asking = asking;
    }

    void ensure(Collection<AclBinding> wanted) {
        List<AclBinding> missing = missing(wanted);
        if (!missing.isEmpty()) {
            asking.get("writing ACLs", admin.createAcls(missing).all());
            asking.until("waiting for ACLs to apply", () -> missing(wanted).isEmpty());
        }
    }

    void deleteGrants(BackbonePrincipal over) {
        AclBindingFilter grants = filter(over.user(), AclPermissionType.ALLOW);
        asking.get("deleting ACLs of " + over, admin.deleteAcls(List.of(grants)).all());
        asking.until(
                "waiting for ACLs to go",
                () -> found(over.user()).stream()
                        .noneMatch(acl -> acl.entry().permissionType() == AclPermissionType.ALLOW));
    }

    private List<AclBinding> missing(Collection<AclBinding> wanted) {
        Set<AclBinding> there = wanted.stream()
                .map(acl -> acl.entry().principal())
                .distinct()
                .flatMap(user -> found(user).stream())
                .collect(Collectors.toSet());
        return wanted.stream().filter(acl -> !there.contains(acl)).toList();
    }

    private Collection<AclBinding> found(String user) {
        return asking.get(
                "reading ACLs",
                admin.describeAcls(filter(user, AclPermissionType.ANY)).values());
    }

    private static AclBindingFilter filter(String user, AclPermissionType permission) {
        return new AclBindingFilter(
                ResourcePatternFilter.ANY, new AccessControlEntryFilter(user, null, AclOperation.ANY, permission));
    }
}

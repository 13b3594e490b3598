// SPDX-License-Identifier: Apache-2.0
// How names and values are written in a fact.
#include "model/fact_list.hpp"

#include <algorithm>

namespace haetae::model {

std::string readable(std::string_view name) {
    const bool is_plain = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
    if (is_plain) return std::string(name);
    std::string out = "\"";
    for (const char c : name) {
        if (c == '"') out += c;
        out += c;
    }
    return out + "\"";
}

std::string readable(const QualifiedName& name) {
    return readable(name.schema) + "." + readable(name.name);
}

ObjectFacts::ObjectFacts(std::vector<Fact>& facts, std::string object) : facts_(facts), object_(std::move(object)) {
    facts_.push_back({.object = object_});
}

void ObjectFacts::say(std::string_view attribute, std::string value) {
    facts_.push_back({.object = object_, .attribute = std::string(attribute), .value = std::move(value)});
}

void ObjectFacts::text(std::string_view attribute, std::string_view value) {
    if (!value.empty()) say(attribute, std::string(value));
}

void ObjectFacts::name(std::string_view attribute, const QualifiedName& value) {
    if (!value.empty()) say(attribute, readable(value));
}

void ObjectFacts::owner(const std::string& role) {
    if (!role.empty()) say("owner", readable(role));
}

void ObjectFacts::flag(std::string_view attribute, bool value) {
    if (value) say(attribute, "");
}

void ObjectFacts::options(std::string_view attribute, const std::vector<Option>& options) {
    for (const auto& option : options) say(attribute, option.name + "=" + option.value);
}

void ObjectFacts::privileges(const Privileges& privileges) {
    const auto write = [this](const std::vector<Grant>& grants, std::string_view attribute, std::string_view whom) {
        for (const auto& grant : grants) {
            auto words =
                grant.privilege + std::string(whom) + (grant.grantee.empty() ? "PUBLIC" : readable(grant.grantee));
            if (grant.grantable) words += " with grant option";
            if (!grant.grantor.empty()) words += " by " + readable(grant.grantor);
            say(attribute, words);
        }
    };
    write(privileges.granted, "granted", " to ");
    write(privileges.revoked, "revoked", " from ");
}

}  // namespace haetae::model

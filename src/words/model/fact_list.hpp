// SPDX-License-Identifier: Apache-2.0
// Writes the facts of one object after the other. Parts of a line are divided by blanks, so a name that holds anything
// but small letters, digits and underscores is written in double quotes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/fact.hpp"

namespace haetae::model {

std::string readable(std::string_view name);
std::string readable(const QualifiedName& name);

/// The facts of one object, added to a list that outlives it. The first is that the object is there.
class ObjectFacts {
 public:
    ObjectFacts(std::vector<Fact>& facts, std::string object);

    [[nodiscard]] const std::string& object() const { return object_; }

    void say(std::string_view attribute, std::string value);        ///< in any case
    void text(std::string_view attribute, std::string_view value);  ///< unless empty; so the next ones
    void name(std::string_view attribute, const QualifiedName& value);
    void owner(const std::string& role);
    void flag(std::string_view attribute, bool value);  ///< unless false
    void options(std::string_view attribute, const std::vector<Option>& options);
    void privileges(const Privileges& privileges);

    template <typename Object>
    void belongings(const Object& object) {
        owner(object.owner);
        text("comment", object.comment);
        privileges(object.privileges);
    }

 private:
    std::vector<Fact>& facts_;
    std::string object_;
};

// One group of kinds a file.
void add_facts(std::vector<Fact>& facts, const Schema& schema);
void add_facts(std::vector<Fact>& facts, const Extension& extension);
void add_facts(std::vector<Fact>& facts, const DefaultPrivileges& defaults);
void add_facts(std::vector<Fact>& facts, const Statistics& statistics);
void add_facts(std::vector<Fact>& facts, const Unmodelled& object);
void add_facts(std::vector<Fact>& facts, const Sequence& sequence);
void add_facts(std::vector<Fact>& facts, const EnumType& type);
void add_facts(std::vector<Fact>& facts, const Domain& domain);
void add_facts(std::vector<Fact>& facts, const CompositeType& type);
void add_facts(std::vector<Fact>& facts, const RangeType& type);
void add_facts(std::vector<Fact>& facts, const Table& table);
void add_facts(std::vector<Fact>& facts, const View& view);
void add_facts(std::vector<Fact>& facts, const MaterializedView& view);
void add_facts(std::vector<Fact>& facts, const Function& function);
void add_facts(std::vector<Fact>& facts, const Aggregate& aggregate);

// Parts of several kinds of object; `of` is what they belong to.
void add_facts(std::vector<Fact>& facts, const ObjectFacts& of, const Constraint& constraint);
void add_attributes(ObjectFacts& facts, const Sequence& sequence);

}  // namespace haetae::model

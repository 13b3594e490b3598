// SPDX-License-Identifier: Apache-2.0
// Any bytes as a revision file. What must hold: an error has a code and a place; a header that was read is written and
// read back as the same, but for a message that a marker could be meant by; a file that was cut keeps its checksums
// when its line ends change outside quotes.
#include <cstdlib>
#include <string>

#include "revisions/header.hpp"
#include "revisions/parts.hpp"
#include "revisions/template.hpp"

using namespace haetae;

namespace {

void require(bool condition) {
    if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(bytes), size);
    const auto header = revisions::parse_header(text, "f.sql");
    require(header.ok() || (header.error().code.starts_with("HT02") && header.error().span.has_value()));
    const auto as_comment = [](const std::string& message) { return "-- " + message + "\n-- migrate:up\nSELECT 1;\n"; };
    if (header && revisions::cut_parts(as_comment(header->message), "f.sql").ok()) {
        const settings::Domain domain{
            .name = graph::DomainName("a"), .folder = "a", .schema = "a", .version_schema = "a"};
        const auto written =
            revisions::revision_text(*header, {.up = "SELECT 1;"}, domain, revisions::default_template());
        require(written.ok());
        auto again = revisions::parse_header(*written, "f.sql");
        require(again.ok() && *again == *header);
        require(revisions::file_name_of(*header).find('/') == std::string::npos);
    }
    const auto parts = revisions::cut_parts(text, "f.sql");
    require(parts.ok() || (parts.error().code.starts_with("HT02") && parts.error().span.has_value()));
    return 0;
}

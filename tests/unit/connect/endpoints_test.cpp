// SPDX-License-Identifier: Apache-2.0
// A URL with several places becomes several URLs with one.
#include "connect/endpoints.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace haetae::connect {
namespace {

std::vector<std::string> places(const std::string& text) {
    std::vector<std::string> result;
    for (const auto& url : endpoints(*pg::ConnectionUrl::parse(text))) {
        result.push_back(url.value("host") + "|" + url.value("hostaddr") + "|" + url.value("port") + "|" +
                         url.value("target_session_attrs"));
    }
    return result;
}
using List = std::vector<std::string>;

TEST(Endpoints, one_place_stays_one) {
    EXPECT_EQ(places("host=/run/pg"), List{"/run/pg|||"});
    EXPECT_EQ(places("postgresql://me@127.0.0.1:6432/game"), List{"127.0.0.1||6432|"});
    EXPECT_EQ(places("dbname=game"), List{"|||"});
}

TEST(Endpoints, hosts_are_taken_in_order_with_their_ports) {
    EXPECT_EQ(places("host=10.0.0.1,10.0.0.2 port=1,2"), (List{"10.0.0.1||1|", "10.0.0.2||2|"}));
    EXPECT_EQ(places("host=10.0.0.1,/run/pg port=7"), (List{"10.0.0.1||7|", "/run/pg||7|"}));
}

TEST(Endpoints, a_given_address_is_not_looked_up) {
    EXPECT_EQ(places("host=db.invalid hostaddr=10.0.0.1"), List{"db.invalid|10.0.0.1||"});
}

TEST(Endpoints, a_name_that_cannot_be_found_is_left_to_libpq) {
    EXPECT_EQ(places("host=db.invalid"), List{"db.invalid|||"});
}

TEST(Endpoints, prefer_standby_asks_all_for_a_standby_before_it_takes_any) {
    EXPECT_EQ(places("host=10.0.0.1,10.0.0.2 port=7 target_session_attrs=prefer-standby"),
              (List{"10.0.0.1||7|standby", "10.0.0.2||7|standby", "10.0.0.1||7|any", "10.0.0.2||7|any"}));
}

}  // namespace
}  // namespace haetae::connect

create property graph air
    vertex tables (
        airports key (iata) label airport properties (iata, name, city, state))
    edge tables (
        routes key (origin, destination)
            source key (origin) references airports (iata)
            destination key (destination) references airports (iata)
            label route properties (destination, flights as flown));
